#!/usr/bin/env bash
# Tries the gateway from outside, as a participant does: who is let in, and whether everybody else is kept out with the right error.
# Nothing is changed: the one call that is let in looks a party up, and its answer goes to the participant's own callback.
#
#   check-gateway.sh --url https://fspiop.example --name payerbank --certificate payerbank.pem --key payerbank.key
#                    [--stranger-certificate stranger.pem --stranger-key stranger.key] [--ca-file roots.pem] [--dry-run]
#
# The stranger has a certificate of the same authority, and its common name is no participant. Needs curl and openssl.
# Exit code: 0 all as it should be, 1 something is not, 2 wrong arguments.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"

url="" name="" certificate="" key="" stranger="" stranger_key="" ca_file="" dry_run=false failures=0

main() {
  read_arguments "$@"
  local mine=(--cert "$certificate" --key "$key")
  try "a participant" 202 "" "$name" "${mine[@]}"
  try "no certificate" 401 3000 "$name"
  try "another sender than the certificate's" 403 3100 "$name-other" "${mine[@]}"
  try "a forged x-client-id without a certificate" 401 3000 "$name" --header "x-client-id: $name"
  try "no sender" 400 3102 "" "${mine[@]}"
  if [[ -n "$stranger" ]]; then
    try "a stranger of the same authority" 403 3200 "$(common_name "$stranger")" --cert "$stranger" --key "$stranger_key"
  fi
  path=/settlementModels try "an admin path" 404 "" "$name" "${mine[@]}"
  [[ "$dry_run" == true ]] || ((failures == 0)) || fail "$failures of the answers are not what they should be" "docs/mojaloop/troubleshooting.md says what each of the codes means."
}

read_arguments() {
  while (($# > 0)); do
    case "$1" in
      --url) url="${2:?--url needs an address}" && shift 2 ;;
      --name) name="${2:?--name needs a value}" && shift 2 ;;
      --certificate) certificate="${2:?--certificate needs a file}" && shift 2 ;;
      --key) key="${2:?--key needs a file}" && shift 2 ;;
      --stranger-certificate) stranger="${2:?--stranger-certificate needs a file}" && shift 2 ;;
      --stranger-key) stranger_key="${2:?--stranger-key needs a file}" && shift 2 ;;
      --ca-file) ca_file="${2:?--ca-file needs a file}" && shift 2 ;;
      --dry-run) dry_run=true && shift ;;
      -h | --help) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
      *) wrong "unknown argument '$1'" ;;
    esac
  done
  [[ "$url" =~ ^https://[^[:space:]]+$ ]] || wrong "--url needs the output gatewayUrl of the deployment"
  [[ -n "$name" ]] || wrong "--name needs the participant's name"
  local file
  for file in "$certificate" "$key" ${stranger:+"$stranger" "$stranger_key"}; do
    [[ -r "$file" ]] || wrong "file '$file' cannot be read"
  done
}

wrong() {
  printf "ERROR: %s\n       See check-gateway.sh --help.\n" "$1" >&2
  exit 2
}

common_name() {
  openssl x509 -in "$1" -noout -subject -nameopt multiline | sed -n 's/^ *commonName *= //p'
}

# try WHAT STATUS CODE SENDER CURL-OPTION...: asks for a party and compares the answer; without a code its body does not matter.
try() {
  local what="$1" status="$2" code="$3" sender="$4" answer found
  shift 4
  local command=(curl --silent --show-error --max-time 30 --write-out '\n%{http_code}' ${ca_file:+--cacert "$ca_file"}
    ${sender:+--header "FSPIOP-Source: $sender"} --header "Date: $(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')"
    --header 'Accept: application/vnd.interoperability.parties+json;version=1'
    --header 'Content-Type: application/vnd.interoperability.parties+json;version=1.1'
    "$@" "${url%/}${path:-/parties/MSISDN/123456789}")
  if [[ "$dry_run" == true ]]; then
    printf '%s: %s %s\n' "$what" "$status" "$code"
    return 0
  fi
  answer="$("${command[@]}")" || fail "$url cannot be reached" "curl says why above."
  found="$(sed -n 's/.*"errorCode": *"\([0-9]*\)".*/\1/p' <<< "$answer")"
  if [[ "${answer##*$'\n'}" == "$status" && (-z "$code" || "$found" == "$code") ]]; then
    printf 'ok    %s: %s\n' "$what" "$status${code:+ $code}"
  else
    printf 'WRONG %s: %s %s, and not %s %s\n' "$what" "${answer##*$'\n'}" "$found" "$status" "$code"
    failures=$((failures + 1))
  fi
}

main "$@"
