# shellcheck shell=bash
# What commission.sh and decommission.sh have in common: which resources there are, and in which state. Sourced by both.

resource_group=""
dry_run=false

# read_arguments ARGUMENT...: of either script.
read_arguments() {
  while (($# > 0)); do
    case "$1" in
      --resource-group | -g) resource_group="${2:?--resource-group needs a name}" && shift 2 ;;
      --dry-run) dry_run=true && shift ;;
      -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0" && exit 0 ;;
      *) fail "unknown argument '$1'" "See $(basename "$0") --help." ;;
    esac
  done
  [[ -n "$resource_group" ]] || fail "--resource-group is missing" "It is the managed resource group of the application."
}

# find_resources: sets cluster, server and gateway to the names of what the application has made.
find_resources() {
  cluster="$(only_name aks list)"
  server="$(only_name mysql flexible-server list)"
  gateway="$(only_name apim list)"
}

# only_name AZ-COMMAND...: the name of the only resource of a kind in the group.
only_name() {
  local names
  names="$(az "$@" --resource-group "$resource_group" --query '[].name' --output tsv)" || fail "resources of $resource_group cannot be listed" "Sign in with 'az login' and look at the name of the group."
  [[ -n "$names" && "$names" != *$'\n'* ]] || fail "$resource_group does not have exactly one result of 'az $*'" "Name the managed resource group of the application."
  printf '%s' "$names"
}

cluster_state() {
  az aks show --resource-group "$resource_group" --name "$cluster" --query powerState.code --output tsv
}

server_state() {
  az mysql flexible-server show --resource-group "$resource_group" --name "$server" --query state --output tsv
}

# change COMMAND...: what changes something, or only its words with --dry-run.
change() {
  if [[ "$dry_run" == true ]]; then
    say "would run: $*"
  else
    "$@"
  fi
}

# set_maintenance true|false: whether the policy answers every participant that the service is away.
set_maintenance() {
  change az apim nv update --resource-group "$resource_group" --service-name "$gateway" --named-value-id maintenance \
    --value "$1" --output none
}
