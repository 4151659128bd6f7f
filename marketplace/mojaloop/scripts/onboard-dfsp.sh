#!/usr/bin/env bash
# Makes a participant: in the ledger, with its limit, its funds and the addresses of its callbacks, and with its certificate in
# the check of participants.
#
#   onboard-dfsp.sh --name payerbank --currency USD --callback https://fspiop.payerbank.example [--limit 10000] [--funds 0]
#                   [--certificate payerbank.pem --resource-group RG --function FUNCTION --vault VAULT]
#                   [--namespace mojaloop] [--dry-run]
#
# Needs kubectl, signed in to the cluster; with --certificate also az and openssl. LEDGER_URL reaches the ledger in another way.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"
# shellcheck source=onboarding.sh
. "$here/onboarding.sh"

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
}

# Which callback goes where: type of the endpoint, a tab, what follows the participant's address.
callbacks() {
  cat << 'LIST'
FSPIOP_CALLBACK_URL_PARTICIPANT_PUT	/participants/{{partyIdType}}/{{partyIdentifier}}
FSPIOP_CALLBACK_URL_PARTICIPANT_PUT_ERROR	/participants/{{partyIdType}}/{{partyIdentifier}}/error
FSPIOP_CALLBACK_URL_PARTICIPANT_BATCH_PUT	/participants/{{requestId}}
FSPIOP_CALLBACK_URL_PARTICIPANT_BATCH_PUT_ERROR	/participants/{{requestId}}/error
FSPIOP_CALLBACK_URL_PARTICIPANT_SUB_ID_PUT	/participants/{{partyIdType}}/{{partyIdentifier}}/{{partySubIdOrType}}
FSPIOP_CALLBACK_URL_PARTICIPANT_SUB_ID_PUT_ERROR	/participants/{{partyIdType}}/{{partyIdentifier}}/{{partySubIdOrType}}/error
FSPIOP_CALLBACK_URL_PARTICIPANT_SUB_ID_DELETE	/participants/{{partyIdType}}/{{partyIdentifier}}/{{partySubIdOrType}}
FSPIOP_CALLBACK_URL_PARTIES_GET	/parties/{{partyIdType}}/{{partyIdentifier}}
FSPIOP_CALLBACK_URL_PARTIES_PUT	/parties/{{partyIdType}}/{{partyIdentifier}}
FSPIOP_CALLBACK_URL_PARTIES_PUT_ERROR	/parties/{{partyIdType}}/{{partyIdentifier}}/error
FSPIOP_CALLBACK_URL_PARTIES_SUB_ID_GET	/parties/{{partyIdType}}/{{partyIdentifier}}/{{partySubIdOrType}}
FSPIOP_CALLBACK_URL_PARTIES_SUB_ID_PUT	/parties/{{partyIdType}}/{{partyIdentifier}}/{{partySubIdOrType}}
FSPIOP_CALLBACK_URL_PARTIES_SUB_ID_PUT_ERROR	/parties/{{partyIdType}}/{{partyIdentifier}}/{{partySubIdOrType}}/error
FSPIOP_CALLBACK_URL_QUOTES	
FSPIOP_CALLBACK_URL_BULK_QUOTES	
FSPIOP_CALLBACK_URL_FX_QUOTES	
FSPIOP_CALLBACK_URL_TRANSFER_POST	/transfers
FSPIOP_CALLBACK_URL_TRANSFER_PUT	/transfers/{{transferId}}
FSPIOP_CALLBACK_URL_TRANSFER_ERROR	/transfers/{{transferId}}/error
FSPIOP_CALLBACK_URL_FX_TRANSFER_POST	/fxTransfers
FSPIOP_CALLBACK_URL_FX_TRANSFER_PUT	/fxTransfers/{{commitRequestId}}
FSPIOP_CALLBACK_URL_FX_TRANSFER_ERROR	/fxTransfers/{{commitRequestId}}/error
FSPIOP_CALLBACK_URL_BULK_TRANSFER_POST	/bulkTransfers
FSPIOP_CALLBACK_URL_BULK_TRANSFER_PUT	/bulkTransfers/{{id}}
FSPIOP_CALLBACK_URL_BULK_TRANSFER_ERROR	/bulkTransfers/{{id}}/error
FSPIOP_CALLBACK_URL_AUTHORIZATIONS	
FSPIOP_CALLBACK_URL_TRX_REQ_SERVICE	
LIST
}

# add_funds: on the participant's settlement account, whose number the ledger knows.
add_funds() {
  local account
  if [[ "${DRY_RUN:-false}" == true ]]; then
    account=ACCOUNT
  else
    account="$(ask "$ledger_url/participants/$name/accounts" |
      jq --raw-output --arg currency "$currency" '.[] | select(.ledgerAccountType == "SETTLEMENT" and .currency == $currency) | .id')"
    [[ -n "$account" ]] || fail "participant $name has no settlement account in $currency"
  fi
  call POST "$ledger_url/participants/$name/accounts/$account" \
    "{\"transferId\": \"$(cat /proc/sys/kernel/random/uuid)\", \"externalReference\": \"onboarding\", \"action\": \"recordFundsIn\", \"reason\": \"initial funds\", \"amount\": {\"amount\": \"$funds\", \"currency\": \"$currency\"}}"
}

# register_certificate: in the table of the Key Vault, beside those that are there, and the Function is told to read it again;
# by itself it would do so within a day. What names a certificate is no secret, and goes through a pipe like one all the same.
register_certificate() {
  local thumbprint known id
  thumbprint="$(openssl x509 -in "$certificate" -noout -fingerprint -sha1 | cut -d = -f 2 | tr -d ':')"
  known="$(az keyvault secret show --vault-name "$vault" --name dfsp-certificates --query value --output tsv)" ||
    fail "the table of certificates in Key Vault $vault cannot be read" "You need the role 'Key Vault Secrets Officer' on it; the installation makes the table."
  known="$(jq --compact-output --arg name "$name" --arg thumbprint "$thumbprint" \
    '.[$name] = ((.[$name] // []) + [$thumbprint] | unique)' <<< "$known")" ||
    fail "dfsp-certificates in Key Vault $vault is not a JSON object" "Write it anew, or take back an earlier version of the secret."
  if [[ "${DRY_RUN:-false}" == true ]]; then
    printf 'dfsp-certificates=%s\n' "$known"
    return 0
  fi
  printf '%s' "$known" | az keyvault secret set --vault-name "$vault" --name dfsp-certificates --file /dev/stdin --encoding utf-8 --output none
  id="$(az functionapp show --resource-group "$resource_group" --name "$function" --query id --output tsv)"
  az rest --method post --url "$id/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
  say "certificate $thumbprint is $name's"
}

name="" currency="" callback="" limit=10000 funds=0 certificate="" resource_group="" function="" vault=""
namespace=mojaloop
while (($# > 0)); do
  case "$1" in
    --name) name="${2:?--name needs a value}" && shift 2 ;;
    --currency) currency="${2:?--currency needs a value}" && shift 2 ;;
    --callback) callback="${2:?--callback needs a value}" && shift 2 ;;
    --limit) limit="${2:?--limit needs a value}" && shift 2 ;;
    --funds) funds="${2:?--funds needs a value}" && shift 2 ;;
    --certificate) certificate="${2:?--certificate needs a value}" && shift 2 ;;
    --resource-group) resource_group="${2:?--resource-group needs a value}" && shift 2 ;;
    --function) function="${2:?--function needs a value}" && shift 2 ;;
    --vault) vault="${2:?--vault needs a value}" && shift 2 ;;
    --namespace) namespace="${2:?--namespace needs a value}" && shift 2 ;;
    --dry-run) DRY_RUN=true && shift ;;
    -h | --help) usage && exit 0 ;;
    *) fail "unknown argument '$1'" "See onboard-dfsp.sh --help." ;;
  esac
done
[[ "$name" =~ ^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$ ]] || fail "--name needs the participant's name: letters, digits, '_', '.' and '-'"
[[ "$currency" =~ ^[A-Z]{3}$ ]] || fail "--currency needs the three letters of a currency, such as USD"
[[ "$callback" =~ ^https?://[^\"[:space:]]+$ ]] || fail "--callback needs the address that the switch calls the participant at"
[[ "$limit" =~ ^[0-9]+(\.[0-9]{1,4})?$ && "$funds" =~ ^[0-9]+(\.[0-9]{1,4})?$ ]] || fail "--limit and --funds are amounts, such as 10000 or 99.50"
if [[ -n "$certificate" ]]; then
  [[ -r "$certificate" ]] || fail "certificate $certificate cannot be read"
  [[ -n "$resource_group" && -n "$function" && -n "$vault" ]] ||
    fail "--certificate needs --resource-group, --function and --vault" "Function and vault are among the outputs of the deployment."
fi

# The certificate first: once there is a participant, and none is registered, every certificate with its name would do.
if [[ -n "$certificate" ]]; then
  register_certificate
fi
trap stop_forwarding EXIT
start_forwarding
call POST "$ledger_url/participants" "{\"name\": \"$name\", \"currency\": \"$currency\"}"
call POST "$ledger_url/participants/$name/initialPositionAndLimits" \
  "{\"currency\": \"$currency\", \"limit\": {\"type\": \"NET_DEBIT_CAP\", \"value\": $limit}, \"initialPosition\": 0}"
while IFS=$'\t' read -r type path; do
  call POST "$ledger_url/participants/$name/endpoints" "{\"type\": \"$type\", \"value\": \"${callback%/}$path\"}"
done < <(callbacks)
if [[ "$funds" != 0 ]]; then
  add_funds
fi
say "participant $name is ready in $currency"
