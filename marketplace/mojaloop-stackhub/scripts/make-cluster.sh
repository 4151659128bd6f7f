#!/usr/bin/env bash
# Makes the Kubernetes cluster with AKS engine for Azure Stack Hub. It can run again: a definition that was generated is kept, because
# the cluster's certificates are part of it, and deploying it again changes nothing that is as it should be.
#
#   sudo mojaloop-cluster [--generate-only]
#
# Needs az, signed in at the stamp as whom the Key Vault lets read its secrets.
set -euo pipefail

here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"
# shellcheck source=secrets.sh
. "$here/secrets.sh"
# shellcheck source=stamp.sh
. "$here/stamp.sh"

main() {
  local generate_only=false
  case "${1:-}" in
    "") ;;
    --generate-only) generate_only=true ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) fail "unknown argument '$1'" "See mojaloop-cluster --help." ;;
  esac
  umask 077
  KEY_VAULT_NAME="$(setting keyVaultName)"
  [[ -n "$KEY_VAULT_NAME" ]] || fail "$here/settings.json names no Key Vault" "The template's extension writes it; look at its log."
  mkdir -p "$state"
  definition="$state/cluster"

  say "step 1 of 4: sign-in"
  require_sign_in

  say "step 2 of 4: definition of the cluster in $definition"
  if [[ -f "$definition/azuredeploy.json" ]]; then
    say "  generated before; it is kept"
  else
    generate
  fi
  if [[ "$generate_only" == true ]]; then
    say "generated; nothing was deployed"
    return 0
  fi

  say "step 3 of 4: deployment to resource group $(cluster_group); allow half an hour"
  az group create --name "$(cluster_group)" --location "$(setting location)" --output none
  az deployment group create --resource-group "$(cluster_group)" --name mojaloop-cluster \
    --template-file "$definition/azuredeploy.json" --parameters "@$definition/azuredeploy.parameters.json" --output none ||
    fail "the stamp refused the cluster" "Its reason stands above. Run mojaloop-cluster again once it is gone."

  say "step 4 of 4: nodes"
  install -m 600 "$definition/kubeconfig/kubeconfig.$(setting location).json" "$state/kubeconfig"
  export KUBECONFIG="$state/kubeconfig"
  retry 30 20 all_nodes_ready
  say "the cluster is ready; run mojaloop-install"
  say "keep $definition in a safe place: AKS engine needs it to change the cluster, and secrets are in it"
}

# generate: the model with everything filled in is there only while AKS engine reads it.
generate() {
  local secret model
  read_vault_secret cluster-principal-secret
  model="$(mktemp "$state/apimodel.XXXXXX")"
  # shellcheck disable=SC2064 # the name as it is now
  trap "rm -f '$model'" EXIT
  fill_model > "$model"
  if ! jq --exit-status '[.. | strings | select(test("^@[A-Za-z]+@$"))] == []' "$model" > /dev/null; then
    fail "apimodel.json has a place that nothing was filled in for" "The package is broken: apimodel.json and make-cluster.sh disagree."
  fi
  aks-engine-azurestack generate --api-model "$model" --output-directory "$definition" 2>&1 | redact ||
    fail "AKS engine did not take the definition" "Its reason stands above; version and base image must fit the stamp's update."
}

# fill_model: the API model on standard output. The secret goes through the pipe, never through arguments.
fill_model() {
  printf '%s' "$secret" | jq --raw-input --slurp \
    --slurpfile model "$here/apimodel.json" --slurpfile settings "$here/settings.json" \
    --argjson masters "$(size_fact .masters)" --argjson nodes "$(size_fact .nodes)" '
    . as $secret | $settings[0] as $s | $model[0]
    | .location = $s.location
    | .properties.customCloudProfile = {portalURL: $s.portalUrl, identitySystem: $s.identitySystem}
    | .properties.masterProfile += {dnsPrefix: $s.namePrefix, count: $masters.count, vmSize: $masters.machine}
    | .properties.agentPoolProfiles[0] += {count: $nodes.count, vmSize: $nodes.machine}
    | .properties.linuxProfile.adminUsername = $s.adminUsername
    | .properties.linuxProfile.ssh.publicKeys[0].keyData = $s.sshPublicKey
    | .properties.servicePrincipalProfile = {clientId: $s.clusterPrincipalId, secret: $secret}'
}

all_nodes_ready() {
  local expected ready
  expected="$(($(size_fact .masters.count) + $(size_fact .nodes.count)))"
  ready="$(kubectl get nodes --output json | jq '[.items[] | select(any(.status.conditions[]?; .type == "Ready" and .status == "True"))] | length')" || return 1
  [[ "$ready" -ge "$expected" ]]
}

main "$@"
