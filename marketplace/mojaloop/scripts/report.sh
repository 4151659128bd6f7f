# shellcheck shell=bash disable=SC2154 # here, work, namespace and the settings belong to install.sh
# What the installation says at its end: the outputs of the deployment, or what went wrong. Sourced by install.sh.

# run_tests: sets `tests` to the result. A test that fails is a result, not a failed installation.
run_tests() {
  say "  tests of the Testing Toolkit"
  tests="$(bash "$here/run-ttk.sh" --namespace "$namespace" 2> "$work/tests.log")" || say "  a test failed; the log follows"
  redact < "$work/tests.log"
  jq . <<< "$tests" > /dev/null 2>&1 && [[ -n "$tests" ]] || tests='{"run": false}'
}

# write_report: the object that the template hands on as the output `installReport`.
write_report() {
  local status pods
  status="$(helm status "$switch_release" --namespace "$namespace" --output json)"
  pods="$(kubectl get pods --namespace "$namespace" --output json)"
  jq --null-input \
    --arg namespace "$namespace" \
    --arg chart "$(release_fact "$switch_release" .chart.name)" \
    --arg version "$(release_fact "$switch_release" .chart.version)" \
    --arg digest "${chart_digests[$switch_release]}" \
    --arg helm "$HELM_VERSION" \
    --arg messaging "$MESSAGING_BACKEND" \
    --argjson tests "$tests" \
    --argjson status "$(jq '{revision: .version, state: .info.status}' <<< "$status")" \
    --argjson pods "$(jq '[.items[] | select(.status.phase != "Succeeded")] | {
      total: length,
      ready: map(select(any(.status.conditions[]?; .type == "Ready" and .status == "True"))) | length}' <<< "$pods")" \
    '{namespace: $namespace, chart: $chart, chartVersion: $version, chartDigest: $digest, helmVersion: $helm,
      revision: $status.revision, state: $status.state, messaging: $messaging, pods: $pods, tests: $tests}' > "$AZ_SCRIPTS_OUTPUT_PATH"
  say "installed: $(jq --compact-output . "$AZ_SCRIPTS_OUTPUT_PATH")"
}

# diagnose: for the log, when the installation failed. Each part is tried whatever became of the one before.
diagnose() {
  local pod
  say "state of namespace $namespace"
  kubectl get pods --namespace "$namespace" || true
  say "latest events"
  kubectl get events --namespace "$namespace" --sort-by .lastTimestamp | tail -n 30 || true
  while read -r pod; do
    say "last lines of $pod"
    kubectl logs "$pod" --namespace "$namespace" --all-containers --tail 20 || true
  done < <(failing_pods)
}

# failing_pods: names, at most five; the first ones tell the story, the rest repeat it.
failing_pods() {
  kubectl get pods --namespace "$namespace" --output json |
    jq --raw-output '[.items[] | select(.status.phase != "Succeeded")
      | select(any(.status.conditions[]?; .type == "Ready" and .status == "True") | not) | .metadata.name] | .[:5][]'
}
