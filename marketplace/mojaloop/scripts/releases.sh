# shellcheck shell=bash disable=SC2154 # here, work, namespace and the settings belong to install.sh
# The Helm releases of the package, as releases.json lists them. Sourced by install.sh.

# The release that is Mojaloop itself: it alone has values by size and needs the post-renderer. And the one that brings
# what upstream's services keep their state in, as far as Azure has no service for it.
switch_release=moja
backend_release=moja-backend

# sha256 of the chart of each release that was installed.
declare -A chart_digests=()

# release_fact RELEASE JQ-PATH: one fact of releases.json, empty when it has none.
release_fact() {
  jq --raw-output --arg release "$1" ".releases[] | select(.release == \$release) | $2 // empty" "$here/releases.json"
}

make_namespace() {
  kubectl apply --server-side --force-conflicts --filename - << YAML
apiVersion: v1
kind: Namespace
metadata:
  name: $namespace
  labels:
    app.kubernetes.io/part-of: mojaloop
YAML
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
  text="${text//@gatewayAddress@/"$GATEWAY_ADDRESS"}"
  text="${text//@functionsPrefix@/"$FUNCTIONS_PREFIX"}"
  text="${text//@gatewayUrl@/"$GATEWAY_URL"}"
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
    chart="$here/$archive"
  fi
  if [[ ! -f "$chart" ]]; then
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

# speaks_plaintext: whether the brokers are Kafka's own, which ask for no sign-in.
speaks_plaintext() {
  [[ "$MESSAGING_BACKEND" == inCluster || "$MESSAGING_BACKEND" == hdinsight ]]
}

# wants_release RELEASE: the backend is wanted for Kafka in the cluster and for what MongoDB keeps.
wants_release() {
  [[ "$1" != "$backend_release" || "$MESSAGING_BACKEND" == inCluster ]] || is_on "$ENABLE_BULK" || is_on "$ENABLE_TTK"
}

# find_brokers: an HDInsight cluster alone knows the names of its brokers. The chart joins host and port, so all but the
# last get their port here. The password goes to curl through its configuration on standard input.
find_brokers() {
  local secret answer
  [[ "$MESSAGING_BACKEND" == hdinsight ]] || return 0
  read_vault_secret hdinsight-login-password
  answer="$(printf 'user = "mojaadmin:%s"\n' "${secret//\"/\\\"}" |
    curl --fail --silent --show-error --retry 5 --config - "https://$KAFKA_HOST_CORE/api/v1/clusters/${KAFKA_HOST_CORE%%.*}/services/KAFKA/components/KAFKA_BROKER")" ||
    fail "HDInsight cluster $KAFKA_HOST_CORE does not say where its brokers are" "Look at the cluster in the portal, then run the deployment again."
  KAFKA_HOST_CORE="$(jq --raw-output '[.host_components[].HostRoles.host_name] | join(":9092,")' <<< "$answer")"
  [[ -n "$KAFKA_HOST_CORE" ]] || fail "the HDInsight cluster has no brokers"
  KAFKA_HOST_QUOTES="$KAFKA_HOST_CORE"
}

# more_options RELEASE: adds to `options`; installers with more values than these define it anew.
more_options() {
  :
}

# values_options RELEASE: sets `options` to the values files of the release, the later ones over the earlier ones.
values_options() {
  options+=(--values "$work/$1-values.yaml")
  more_options "$1"
  if [[ "$1" == "$backend_release" ]]; then
    options+=(--set "kafka.enabled=$(yes_or_no "$MESSAGING_BACKEND" inCluster)")
    options+=(--set "cl-mongodb.enabled=$(lower "$ENABLE_BULK")" --set "ttk-mongodb.enabled=$(lower "$ENABLE_TTK")")
  fi
  [[ "$1" == "$switch_release" ]] || return 0
  options+=(--values "$here/values-$DEPLOYMENT_SIZE.yaml")
  if speaks_plaintext; then options+=(--values "$here/values-plaintext.yaml"); fi
  if is_on "$ENABLE_BULK"; then options+=(--values "$here/values-bulk.yaml"); fi
  if is_on "$ENABLE_TTK"; then options+=(--values "$here/values-ttk.yaml"); fi
  if is_on "$ENABLE_TTK" && is_on "$TTK_THROUGH_GATEWAY"; then
    fill_values values-ttk-gateway.yaml
    options+=(--values "$work/values-ttk-gateway.yaml")
  fi
}

yes_or_no() {
  if [[ "$1" == "$2" ]]; then echo true; else echo false; fi
}

# upgrade_release RELEASE CHART
upgrade_release() {
  local options=(--namespace "$namespace")
  values_options "$1"
  # The switch needs it always, the others to take their images from elsewhere.
  if [[ "$1" == "$switch_release" || -n "${IMAGE_REGISTRY:-}" ]]; then options+=(--post-renderer mojaloop-env); fi
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
