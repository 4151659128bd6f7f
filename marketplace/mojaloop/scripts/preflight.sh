#!/usr/bin/env bash
# Looks, before anything costly is made, whether the installation could succeed: programs, sign-in, and the hosts that it
# downloads from. Reports everything that is wrong, not just the first thing.
#
# Environment: HELM_VERSION CHART_REPOSITORY CHART_NAME CHART_VERSION KUBERNETES_TESTED KUBERNETES_VERSION (or "default")
set -euo pipefail

here="${AZ_SCRIPTS_PATH_INPUT_DIRECTORY:-$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)}"
# shellcheck source=messages.sh
. "$here/messages.sh"

problems=()
warnings=()

main() {
  require_settings HELM_VERSION CHART_REPOSITORY CHART_NAME CHART_VERSION KUBERNETES_TESTED KUBERNETES_VERSION AZ_SCRIPTS_OUTPUT_PATH
  check_programs
  check_identity
  check_downloads
  check_chart
  check_kubernetes_version
  report
}

check_programs() {
  local program
  for program in az curl cut date grep jq openssl sha256sum tar tr uniq; do
    command -v "$program" > /dev/null || problems+=("program '$program' is missing from the Azure CLI image; choose another azCliVersion")
  done
}

check_identity() {
  az account show --output none || problems+=("the identity of the deployment script cannot sign in; look at its role assignments")
}

# A registry answers 401 to whoever asks without a token; every answer shows that it can be reached.
check_downloads() {
  local url
  for url in "${HELM_DOWNLOAD_URL:-https://get.helm.sh}/helm-v$HELM_VERSION-linux-amd64.tar.gz.sha256sum" https://registry-1.docker.io/v2/; do
    curl --silent --show-error --location --output /dev/null --retry 3 --max-time 60 "$url" ||
      problems+=("$url cannot be reached; allow outbound HTTPS to it")
  done
}

check_chart() {
  local index
  if ! index="$(curl --fail --silent --show-error --location --retry 3 --max-time 120 "$CHART_REPOSITORY/index.yaml")"; then
    problems+=("chart repository $CHART_REPOSITORY cannot be reached; allow outbound HTTPS to it")
  elif [[ "$index" != *"$CHART_NAME-$CHART_VERSION.tgz"* ]]; then
    problems+=("chart $CHART_NAME $CHART_VERSION is not in $CHART_REPOSITORY; choose a version that is")
  fi
}

check_kubernetes_version() {
  local version="$KUBERNETES_VERSION"
  if [[ "$version" != "$KUBERNETES_TESTED" && "$version" != "$KUBERNETES_TESTED".* ]]; then
    warnings+=("Mojaloop tests this chart with Kubernetes $KUBERNETES_TESTED; the cluster gets ${version/#default/the default version of the region}")
  fi
}

report() {
  local line
  for line in "${warnings[@]}"; do
    say "warning: $line"
  done
  for line in "${problems[@]}"; do
    say "problem: $line"
  done
  jq --null-input '{warnings: $ARGS.positional}' --args "${warnings[@]}" > "$AZ_SCRIPTS_OUTPUT_PATH"
  if ((${#problems[@]} > 0)); then
    fail "preflight found ${#problems[@]} problem(s); nothing was installed: ${problems[*]}"
  fi
  say "preflight: nothing stands in the way"
}

main "$@"
