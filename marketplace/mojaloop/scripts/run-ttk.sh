#!/usr/bin/env bash
# Runs the tests of the Testing Toolkit and says what became of each. The participants that they make stay in the ledger:
# never run them on a switch that real participants use.
#
#   run-ttk.sh [--namespace mojaloop] [--test moja-ml-ttk-test-setup]... [--timeout 60m] [--dry-run]
#
# Needs helm and kubectl, signed in to the cluster. The result is a JSON object on standard output: {run, passed, tests: {name: passed}}.
# Exit code: 0 all passed, 1 one failed, 2 they could not be run.
set -euo pipefail

namespace=mojaloop
release=moja
timeout=60m
dry_run=false
filters=()
while (($# > 0)); do
  case "$1" in
    --namespace) namespace="${2:?--namespace needs a name}" && shift 2 ;;
    --test) filters+=(--filter "name=${2:?--test needs a name}") && shift 2 ;;
    --timeout) timeout="${2:?--timeout needs a duration}" && shift 2 ;;
    --dry-run) dry_run=true && shift ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) echo "ERROR: unknown argument '$1'; see run-ttk.sh --help" >&2 && exit 2 ;;
  esac
done

command=(helm test "$release" --namespace "$namespace" --logs --timeout "$timeout" "${filters[@]}")
if [[ "$dry_run" == true ]]; then
  printf '%s\n' "${command[*]}"
  exit 0
fi
code=0
"${command[@]}" >&2 || code=$?
# The pods tell what each test did; Helm only says whether one failed.
pods="$(kubectl get pods --namespace "$namespace" --output json)" || exit 2
result="$(jq --compact-output '[.items[] | select(.metadata.name | test("-ml-ttk-test-"))
  | {key: .metadata.name, value: (.status.phase == "Succeeded")}]
  | {run: (length > 0), passed: (length > 0 and all(.value)), tests: from_entries}' <<< "$pods")"
printf '%s\n' "$result"
if [[ "$(jq .run <<< "$result")" != true ]]; then
  echo "ERROR: no test has run; the Testing Toolkit is not installed, or Helm could not start it" >&2
  exit 2
fi
[[ "$code" == 0 && "$(jq .passed <<< "$result")" == true ]]
