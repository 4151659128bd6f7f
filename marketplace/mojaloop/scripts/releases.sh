# shellcheck shell=bash disable=SC2154 # here, work, namespace and the settings belong to install.sh
# The Helm releases of the package, as releases.json lists them. Sourced by install.sh.

# The release that is Mojaloop itself: it alone has values by size and needs the post-renderer.
switch_release=moja

# sha256 of the chart of each release that was installed.
declare -A chart_digests=()

# release_fact RELEASE JQ-PATH: one fact of releases.json, empty when it has none.
release_fact() {
  jq --raw-output --arg release "$1" ".releases[] | select(.release == \$release) | $2 // empty" "$here/releases.json"
}

# fill_values FILE: a copy in the work folder with what only this deployment knows.
fill_values() {
  local text
  text="$(< "$here/$1")"
  text="${text//@mysqlHost@/"$MYSQL_HOST"}"
  text="${text//@mysqlAdminLogin@/"$MYSQL_ADMIN_LOGIN"}"
  text="${text//@kafkaHostCore@/"$KAFKA_HOST_CORE"}"
  text="${text//@kafkaHostQuotes@/"$KAFKA_HOST_QUOTES"}"
  text="${text//@hubName@/"$HUB_NAME"}"
  if [[ "$text" =~ @[A-Za-z]+@ ]]; then
    fail "$1 has the unknown placeholder ${BASH_REMATCH[0]}" "The package is broken: its values and releases.sh disagree."
  fi
  printf '%s\n' "$text" > "$work/$1"
}

# get_chart RELEASE: sets `chart` to the archive of its chart, which is what its digest says when it has one.
get_chart() {
  local archive repository digest
  archive="$(release_fact "$1" .chart.archive)"
  digest="$(release_fact "$1" .chart.digest)"
  chart="$here/$archive"
  if [[ -z "$archive" ]]; then
    archive="$(release_fact "$1" .chart.name)-$(release_fact "$1" .chart.version).tgz"
    repository="$(release_fact "$1" .chart.repository)"
    chart="$work/$archive"
    say "  chart $archive from $repository"
    helm pull "$(release_fact "$1" .chart.name)" --repo "$repository" --version "$(release_fact "$1" .chart.version)" --destination "$work"
  fi
  chart_digests[$1]="sha256:$(sha256sum < "$chart" | cut -d ' ' -f 1)"
  if [[ -n "$digest" && "${chart_digests[$1]}" != "$digest" ]]; then
    fail "chart $archive is not the one that was meant: its digest is not $digest" "Do not install it; ask the publisher."
  fi
}

# install_release RELEASE: new, or an upgrade. Tries again for what passes by itself, at most three times in all.
install_release() {
  local release="$1" attempt chart
  say "release $release"
  get_chart "$release"
  fill_values "$release-values.yaml"
  for attempt in 1 2 3; do
    unlock_release "$release"
    if upgrade_release "$release" "$chart" 2>&1 | redact | tee "$work/helm.log"; then
      return 0
    fi
    if ((attempt == 3)) || ! trouble_passes; then
      fail "Helm could not install release $release" "The reason stands above; once it is gone, run the deployment again: it goes on from here."
    fi
    say "  images or the API server are slow; trying again"
    sleep "$((attempt * ${RETRY_PAUSE:-60}))"
  done
}

# upgrade_release RELEASE CHART
upgrade_release() {
  local options=(--namespace "$namespace" --values "$work/$1-values.yaml")
  if [[ "$1" == "$switch_release" ]]; then
    options+=(--values "$here/values-$DEPLOYMENT_SIZE.yaml" --post-renderer mojaloop-env)
  fi
  helm upgrade --install "$1" "$2" "${options[@]}" --wait --timeout 30m --hide-notes
}

# unlock_release RELEASE: an installation that was killed half-way leaves a lock; Helm refuses to go on until it is gone.
unlock_release() {
  local state
  state="$(helm status "$1" --namespace "$namespace" --output json 2> "$work/status.log" | jq --raw-output .info.status)" || state=""
  case "$state" in
    pending-install)
      say "  removing what an interrupted installation left"
      helm uninstall "$1" --namespace "$namespace" --wait
      ;;
    pending-upgrade | pending-rollback)
      say "  going back to before an interrupted upgrade"
      helm rollback "$1" --namespace "$namespace" --wait
      ;;
  esac
}

# trouble_passes: whether the last try failed for something that another try may not meet.
trouble_passes() {
  local waiting
  if grep --quiet --extended-regexp 'TLS handshake timeout|i/o timeout|connection (refused|reset)|unexpected EOF|etcdserver|Too Many Requests' "$work/helm.log"; then
    return 0
  fi
  waiting="$(kubectl get pods --namespace "$namespace" --output 'jsonpath={..state.waiting.reason}')" || return 1
  [[ "$waiting" == *ImagePullBackOff* || "$waiting" == *ErrImagePull* || "$waiting" == *ContainerCreating* ]]
}
