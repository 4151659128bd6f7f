#!/usr/bin/env bash
# Makes a budget that sees all of the costs: the managed resource group and the group of the cluster's nodes, which a budget of the
# application itself cannot see.
#
#   budget.sh --resource-group RG --amount 1500 --email ops@example.org [--name mojaloop] [--dry-run]
#
# Needs az, signed in with a role on the subscription that may write budgets.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"

name=mojaloop resource_group="" amount="" email="" dry_run=false
while (($# > 0)); do
  case "$1" in
    --resource-group | -g) resource_group="${2:?--resource-group needs a name}" && shift 2 ;;
    --amount) amount="${2:?--amount needs a number}" && shift 2 ;;
    --email) email="${2:?--email needs an address}" && shift 2 ;;
    --name) name="${2:?--name needs a name}" && shift 2 ;;
    --dry-run) dry_run=true && shift ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) fail "unknown argument '$1'" "See budget.sh --help." ;;
  esac
done
[[ -n "$resource_group" ]] || fail "--resource-group is missing" "It is the managed resource group of the application."
[[ "$amount" =~ ^[1-9][0-9]*$ ]] || fail "--amount needs a whole number in the currency of the subscription"
[[ "$email" =~ ^[^@[:space:]]+@[^@[:space:]]+$ ]] || fail "--email needs an address"

nodes="$(az aks list --resource-group "$resource_group" --query '[0].nodeResourceGroup' --output tsv)"
[[ -n "$nodes" ]] || fail "$resource_group has no cluster" "Name the managed resource group of the application."
subscription="$(az account show --query id --output tsv)"
body="$(jq --null-input --arg start "$(date -u +%Y-%m-01)" --arg email "$email" --argjson amount "$amount" --arg first "$resource_group" --arg second "$nodes" '
  def step(threshold; kind): {enabled: true, operator: "GreaterThanOrEqualTo", threshold: threshold, thresholdType: kind, contactEmails: [$email]};
  {properties: {category: "Cost", amount: $amount, timeGrain: "Monthly", timePeriod: {startDate: $start},
    filter: {dimensions: {name: "ResourceGroupName", operator: "In", values: [$first, $second]}},
    notifications: {at50: step(50; "Actual"), at80: step(80; "Actual"), at100: step(100; "Forecasted")}}}')"
url="/subscriptions/$subscription/providers/Microsoft.Consumption/budgets/$name?api-version=2026-06-01"
if [[ "$dry_run" == true ]]; then
  printf 'PUT %s\n%s\n' "$url" "$body"
  exit 0
fi
az rest --method put --url "$url" --body "$body" --output none
say "budget $name watches $resource_group and $nodes"
