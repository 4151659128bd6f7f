#!/usr/bin/env bash
# Says whom the gateway in the cluster keeps out, and who may hand on messages of others. For Azure Local and Azure Stack Hub; where API
# Management stands in front, certificates are registered with onboard-dfsp.sh instead.
#
#   gateway-access.sh revoke CERTIFICATE    keeps a certificate out: a PEM file, or its SHA-1 fingerprint
#   gateway-access.sh suspend NAME          keeps a participant out, whatever its certificate
#   gateway-access.sh proxy NAME            lets a participant speak for others (FSPIOP-Proxy)
#   gateway-access.sh forget WHAT           takes a name or a certificate out of every list
#   gateway-access.sh show                  prints the lists
#                     [--namespace mojaloop] [--dry-run]
#
# Needs kubectl, signed in to the cluster, and jq; for a file also openssl. The lists are in the ConfigMap gateway-access.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"

namespace=mojaloop dry_run=false words=()

main() {
  local lists value
  read_arguments "$@"
  value="$(meant "${words[@]}")"
  lists="$(read_lists)"
  case "${words[0]}" in
    show) jq . <<< "$lists" && return 0 ;;
    revoke) lists="$(add revoked "$value" <<< "$lists")" ;;
    suspend) lists="$(add suspended "$value" <<< "$lists")" ;;
    proxy) lists="$(add proxies "$value" <<< "$lists")" ;;
    forget) lists="$(forget "$value" <<< "$lists")" ;;
  esac
  write_lists "$lists"
}

read_arguments() {
  while (($# > 0)); do
    case "$1" in
      --namespace) namespace="${2:?--namespace needs a value}" && shift 2 ;;
      --dry-run) dry_run=true && shift ;;
      -h | --help) sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
      -*) wrong "unknown argument '$1'" ;;
      *) words+=("$1") && shift ;;
    esac
  done
  case "${words[0]:-}:${#words[@]}" in
    show:1 | revoke:2 | suspend:2 | proxy:2 | forget:2) ;;
    *) wrong "it is revoke, suspend, proxy or forget with one value, or show" ;;
  esac
}

wrong() {
  fail "$1" "See gateway-access.sh --help."
}

# read_lists: the lists as JSON, empty ones where nothing was written yet.
read_lists() {
  local found text
  found="$(kubectl get configmap gateway-access --namespace "$namespace" --ignore-not-found --output json)" ||
    fail "the cluster does not say what is in ConfigMap gateway-access" "Sign in to it first; kubectl says why above."
  text="$(jq --raw-output '.data["values.yaml"] // empty' <<< "$found")"
  jq --exit-status '{proxies: [], suspended: [], revoked: []} + .gateway.mutualTls' <<< "${text:-"{}"}" ||
    fail "ConfigMap gateway-access is not what this script writes" "Change it with kubectl edit, as it was made, or delete it and write the lists anew."
}

# write_lists LISTS: as values of our own chart.
write_lists() {
  local object
  object="$(jq --arg namespace "$namespace" '{
    apiVersion: "v1", kind: "ConfigMap",
    metadata: {name: "gateway-access", namespace: $namespace, labels: {"reconcile.fluxcd.io/watch": "Enabled"}},
    data: {"values.yaml": ({gateway: {mutualTls: .}} | tojson)}
  }' <<< "$1")"
  if [[ "$dry_run" == true ]]; then
    printf '%s\n' "$object"
    return 0
  fi
  kubectl apply --server-side --force-conflicts --filename - <<< "$object"
  if kubectl get helmrelease moja-azure --namespace "$namespace" > /dev/null 2>&1; then
    say "Flux starts the gateway anew with it; watch: kubectl --namespace $namespace rollout status deployment moja-azure-gateway"
  else
    say "run mojaloop-install now: it starts the gateway anew with it"
  fi
}

# add LIST VALUE: standard input with the value in a list.
add() {
  jq --compact-output --arg list "$1" --arg value "$2" '.[$list] |= (. + [$value] | unique)'
}

# forget VALUE: standard input without it.
forget() {
  jq --exit-status --compact-output --arg value "$1" \
    'if any(.[][]; . == $value) then map_values(map(select(. != $value))) else empty end' ||
    fail "'$1' is in none of the lists" "gateway-access.sh show prints them."
}

# meant COMMAND [VALUE]: the value as the lists have it.
meant() {
  case "$1" in
    show) ;;
    revoke) fingerprint "$2" ;;
    suspend | proxy) name "$2" ;;
    forget) if [[ -f "$2" || "$2" == *:* ]]; then fingerprint "$2"; else name "$2"; fi ;;
  esac
}

# fingerprint CERTIFICATE: of a file, or what stands there already; forty small letters and digits.
fingerprint() {
  local text="$1"
  if [[ -f "$1" ]]; then
    text="$(openssl x509 -in "$1" -noout -fingerprint -sha1)" || fail "file '$1' holds no certificate in PEM form"
  fi
  text="$(lower "${text##*=}")"
  text="${text//:/}"
  [[ "$text" =~ ^[0-9a-f]{40}$ ]] || fail "'$1' is neither a file nor a SHA-1 fingerprint" "The gateway's log has the fingerprint of every caller."
  printf '%s' "$text"
}

name() {
  [[ "$1" =~ ^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$ ]] || fail "'$1' is no participant's name" "It has letters, digits, '_', '.' and '-'."
  printf '%s' "$1"
}

main "$@"
