#!/usr/bin/env bash
# Stops the switch to save money: participants are told that it is away, then the cluster stops, then the database. Nothing is
# lost, and it can be run again. What still costs: API Management, the broker, disks, addresses, the plan of the Function.
# The database starts by itself after 30 days; a server with a standby cannot be stopped.
#
#   decommission.sh --resource-group RG [--dry-run]
#
# Needs az, signed in with a role on the managed resource group.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"
# shellcheck source=commissioning.sh
. "$here/commissioning.sh"

read_arguments "$@"
find_resources
standby="$(az mysql flexible-server show --resource-group "$resource_group" --name "$server" --query highAvailability.mode --output tsv)"
[[ "$standby" == Disabled ]] ||
  fail "database server $server has a standby and cannot be stopped" "Take the standby away first: az mysql flexible-server update -g $resource_group -n $server --high-availability Disabled"

say "1 of 3: maintenance"
set_maintenance true
say "2 of 3: cluster $cluster"
if [[ "$(cluster_state)" == Stopped ]]; then
  say "  is stopped already"
else
  change az aks stop --resource-group "$resource_group" --name "$cluster" --output none
fi
say "3 of 3: database $server"
if [[ "$(server_state)" == Stopped ]]; then
  say "  is stopped already"
else
  change az mysql flexible-server stop --resource-group "$resource_group" --name "$server" --output none
fi
say "stopped"
