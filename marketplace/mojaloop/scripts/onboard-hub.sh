#!/usr/bin/env bash
# Gives the hub its accounts, settlement models and oracles. The installation does it; this is for another currency later.
#
#   onboard-hub.sh --hub Hub --currency USD [--currency EUR] [--email ops@example.org] [--namespace mojaloop] [--dry-run]
#
# Needs kubectl, signed in to the cluster. Set LEDGER_URL, LOOKUP_ADMIN_URL and SETTLEMENT_URL to reach the services in another way.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"
# shellcheck source=onboarding.sh
. "$here/onboarding.sh"

usage() {
  sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
}

HUB_NAME=""
CURRENCIES=""
namespace=mojaloop
while (($# > 0)); do
  case "$1" in
    --hub) HUB_NAME="${2:?--hub needs a name}" && shift 2 ;;
    --currency) CURRENCIES="$CURRENCIES,${2:?--currency needs a code}" && shift 2 ;;
    --email) HUB_EMAIL="${2:?--email needs an address}" && shift 2 ;;
    --namespace) namespace="${2:?--namespace needs a name}" && shift 2 ;;
    --dry-run) DRY_RUN=true && shift ;;
    -h | --help) usage && exit 0 ;;
    *) fail "unknown argument '$1'" "See onboard-hub.sh --help." ;;
  esac
done
[[ "$HUB_NAME" =~ ^[A-Za-z][A-Za-z0-9]*$ ]] || fail "--hub needs the name of the hub: letters and digits"
[[ "$CURRENCIES" =~ ^(,[A-Z]{3})+$ ]] || fail "--currency needs the three letters of a currency, such as USD"
trap stop_forwarding EXIT
onboard_hub
say "hub $HUB_NAME is ready for ${CURRENCIES#,}"
