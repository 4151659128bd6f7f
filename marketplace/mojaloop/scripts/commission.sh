#!/usr/bin/env bash
# Starts a stopped switch: the database, and when it is ready the cluster, and when all pods are there, traffic. It can be run again,
# and goes on where an earlier run stopped.
#
#   commission.sh --resource-group RG [--dry-run]
#
# Needs az, signed in with a role on the managed resource group. RETRY_PAUSE: seconds between looks at the database.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"
# shellcheck source=commissioning.sh
. "$here/commissioning.sh"

database_is_ready() {
  [[ "$(server_state)" == Ready ]]
}

read_arguments "$@"
find_resources
say "1 of 4: database $server"
if [[ "$(server_state)" == Ready ]]; then
  say "  runs already"
else
  change az mysql flexible-server start --resource-group "$resource_group" --name "$server" --output none
  [[ "$dry_run" == true ]] || retry 60 20 database_is_ready || fail "database $server does not become ready" "Look at it in the portal, then run this again."
fi
say "2 of 4: cluster $cluster"
if [[ "$(cluster_state)" == Running ]]; then
  say "  runs already"
else
  change az aks start --resource-group "$resource_group" --name "$cluster" --output none
fi
say "3 of 4: pods"
# Through Azure, because a private cluster can be reached in no other way from here.
change az aks command invoke --resource-group "$resource_group" --name "$cluster" --output none \
  --command "kubectl wait --for=condition=Available deployment --all --namespace mojaloop --timeout=20m" ||
  fail "not all pods become ready" "Look at them with 'kubectl get pods --namespace mojaloop'; maintenance stays on."
say "4 of 4: end of maintenance"
set_maintenance false
say "started"
