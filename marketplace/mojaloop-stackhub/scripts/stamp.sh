# shellcheck shell=bash disable=SC2154 # here belongs to the script that sources this
# What the scripts on the machine for operations know of the stamp, and where they keep things. Sourced by the others.

# Files that only the administrator of the machine may read: the cluster's definition with the principal's secret, its credentials.
# shellcheck disable=SC2034 # the scripts that source this use it
state="${MOJALOOP_STATE:-/var/lib/mojaloop}"

# setting NAME: one setting of the deployment; empty when it has none.
setting() {
  [[ -r "$here/settings.json" ]] || fail "$here/settings.json cannot be read" "The extension of the template writes it; look at its log, and run this with sudo."
  jq --raw-output --arg name "$1" '.[$name] // empty' "$here/settings.json"
}

# size_fact JQ-PATH: one fact of the size that was chosen.
size_fact() {
  jq --raw-output --arg size "$(setting deploymentSize)" ".[\$size] | $1" "$here/sizes.json"
}

# cluster_group: AKS engine fills a resource group of its own.
cluster_group() {
  printf '%s-cluster' "$(setting resourceGroup)"
}

# require_sign_in: az has to be signed in at this stamp, and not somewhere else.
require_sign_in() {
  local wanted found
  wanted="$(setting resourceManager)"
  found="$(az cloud show --query endpoints.resourceManager --output tsv)" || found=""
  if [[ "${found%/}" != "${wanted%/}" ]]; then
    fail "az is not set up for this stamp" "Run: az cloud register --name stamp --endpoint-resource-manager ${wanted%/} --profile 2020-09-01-hybrid; az cloud set --name stamp; az login"
  fi
  az account show --output none || fail "az is not signed in at this stamp" "Run: az login --tenant <directory of the stamp>"
}
