# shellcheck shell=bash disable=SC2154 # namespace belongs to the script that sources this
# Calls of the switch's admin interfaces, which can be reached from inside the cluster only: through a port that kubectl
# forwards. Sourced by install.sh, onboard-hub.sh and onboard-dfsp.sh.

# Where the interfaces are while ports are forwarded; set beforehand by whoever reaches them in another way.
ledger_url="${LEDGER_URL:-}"
lookup_url="${LOOKUP_ADMIN_URL:-}"
settlement_url="${SETTLEMENT_URL:-}"
forwards=()

# forward SERVICE PORT: from PORT of this machine to the service, until stop_forwarding.
forward() {
  kubectl port-forward "service/$1" "$2:80" --namespace "$namespace" > /dev/null 2>&1 &
  forwards+=("$!")
}

start_forwarding() {
  if [[ -z "$ledger_url" ]]; then
    forward moja-centralledger-service 18001
    ledger_url=http://127.0.0.1:18001
  fi
  if [[ -z "$lookup_url" ]]; then
    forward moja-account-lookup-service-admin 18002
    lookup_url=http://127.0.0.1:18002
  fi
  if [[ -z "$settlement_url" ]]; then
    forward moja-centralsettlement-service 18003
    settlement_url=http://127.0.0.1:18003/v2
  fi
}

stop_forwarding() {
  local process
  for process in "${forwards[@]}"; do
    kill "$process" 2> /dev/null || true
  done
  forwards=()
}

# call METHOD URL BODY: sends JSON. What is there already (409, or an error that says so) counts as done, so that
# onboarding can be repeated.
call() {
  local method="$1" url="$2" body="$3" answer status text
  if [[ "${DRY_RUN:-false}" == true ]]; then
    printf '%s %s %s\n' "$method" "$url" "$body"
    return 0
  fi
  answer="$(curl --silent --show-error --max-time 30 --retry 5 --retry-connrefused --request "$method" --header 'Content-Type: application/json' \
    --data "$body" --write-out '\n%{http_code}' "$url")" || fail "$url does not answer" "Look whether the pods of the switch are ready."
  status="${answer##*$'\n'}"
  text="${answer%$'\n'*}"
  case "$status" in
    2??) return 0 ;;
    409) return 0 ;;
    400 | 422) [[ "$text" == *already* || "$text" == *exists* ]] && return 0 ;;
  esac
  fail "$method $url was answered with $status: ${text:0:300}"
}

# ask URL: what a GET answers, empty when there is none.
ask() {
  curl --silent --show-error --fail --max-time 30 --retry 5 --retry-connrefused "$1" || true
}

# onboard_hub: accounts of the hub in each currency, a settlement model for each, the oracles. Uses HUB_NAME and CURRENCIES.
onboard_hub() {
  local currency type
  start_forwarding
  for currency in ${CURRENCIES//,/ }; do
    for type in HUB_MULTILATERAL_SETTLEMENT HUB_RECONCILIATION; do
      call POST "$ledger_url/participants/$HUB_NAME/accounts" "{\"type\": \"$type\", \"currency\": \"$currency\"}"
    done
    call POST "$ledger_url/settlementModels" "{\"name\": \"DEFERREDNET$currency\", \"settlementGranularity\": \"NET\", \"settlementInterchange\": \"MULTILATERAL\", \"settlementDelay\": \"DEFERRED\", \"settlementCurrency\": \"$currency\", \"requireLiquidityCheck\": true, \"ledgerAccountType\": \"POSITION\", \"settlementAccountType\": \"SETTLEMENT\", \"autoPositionReset\": true}"
  done
  hub_endpoints
  call POST "$lookup_url/oracles" '{"oracleIdType": "MSISDN", "endpoint": {"value": "http://moja-als-msisdn-oracle", "endpointType": "URL"}, "isDefault": true}'
  call POST "$lookup_url/oracles" '{"oracleIdType": "ACCOUNT_ID", "endpoint": {"value": "http://moja-als-msisdn-oracle", "endpointType": "URL"}, "isDefault": true}'
  stop_forwarding
}

# hub_endpoints: where the ledger writes to about limits; without HUB_EMAIL there is nobody to tell.
hub_endpoints() {
  local type
  [[ -n "${HUB_EMAIL:-}" ]] || return 0
  for type in SETTLEMENT_TRANSFER_POSITION_CHANGE_EMAIL NET_DEBIT_CAP_ADJUSTMENT_EMAIL NET_DEBIT_CAP_THRESHOLD_BREACH_EMAIL; do
    call POST "$ledger_url/participants/$HUB_NAME/endpoints" "{\"type\": \"$type\", \"value\": \"$HUB_EMAIL\"}"
  done
}
