#!/usr/bin/env bash
# Looks, before anything costly is made, whether the installation could succeed: programs, sign-in, and the hosts that it
# downloads from. Reports everything that is wrong, not just the first thing.
#
# Environment: HELM_VERSION CHART_REPOSITORY CHART_NAME CHART_VERSION KUBERNETES_TESTED KUBERNETES_VERSION (or "default") LOCATION
#              NODE_VM_SIZE NEEDS_ZONES IMAGE_REGISTRY DEPLOYMENT_SIZE MESSAGING_BACKEND ENABLE_BULK DFSP_CA_CERTIFICATE DFSP_CA_THUMBPRINT
#              IMAGE_REGISTRY (or "none")
set -euo pipefail

here="${AZ_SCRIPTS_PATH_INPUT_DIRECTORY:-$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)}"
# shellcheck source=messages.sh
. "$here/messages.sh"

problems=()
warnings=()
# When the certificate of the participants' authority ends, in seconds since 1970.
authority_end=0

main() {
  require_settings HELM_VERSION CHART_REPOSITORY CHART_NAME CHART_VERSION KUBERNETES_TESTED KUBERNETES_VERSION LOCATION \
    NODE_VM_SIZE NEEDS_ZONES DEPLOYMENT_SIZE MESSAGING_BACKEND ENABLE_BULK DFSP_CA_CERTIFICATE DFSP_CA_THUMBPRINT AZ_SCRIPTS_OUTPUT_PATH
  check_programs
  check_identity
  check_downloads
  check_chart
  check_kubernetes_version
  check_machines
  check_choices
  check_authority
  report
}

check_programs() {
  local program
  for program in az base64 curl cut date grep jq openssl python3 sha256sum tar tr uniq; do
    command -v "$program" > /dev/null || problems+=("program '$program' is missing from the Azure CLI image; choose another azCliVersion")
  done
}

check_identity() {
  az account show --output none || problems+=("the identity of the deployment script cannot sign in; look at its role assignments")
}

# A registry answers 401 to whoever asks without a token; every answer shows that it can be reached.
check_downloads() {
  local url registry=registry-1.docker.io
  if [[ "$IMAGE_REGISTRY" != none ]]; then registry="${IMAGE_REGISTRY%%/*}"; fi
  for url in "${HELM_DOWNLOAD_URL:-https://get.helm.sh}/helm-v$HELM_VERSION-linux-amd64.tar.gz.sha256sum" "https://$registry/v2/"; do
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

# check_machines: what a region does not have would be found out only after half an hour.
check_machines() {
  local zones
  if ! zones="$(az vm list-skus --location "$LOCATION" --size "$NODE_VM_SIZE" --resource-type virtualMachines \
    --query "[?name=='$NODE_VM_SIZE' && length(restrictions[?reasonCode=='NotAvailableForSubscription'])==\`0\`].locationInfo[0].zones | [0]" --output tsv)"; then
    warnings+=("the machines of $LOCATION cannot be listed; whether it has $NODE_VM_SIZE shows when the cluster is made")
  elif is_on "$NEEDS_ZONES" && (($(tr '\t' '\n' <<< "$zones" | grep -c '[0-9]') < 3)); then
    problems+=("$LOCATION does not have $NODE_VM_SIZE in three zones; choose other machines, another region, or no zones")
  fi
}

# check_choices: the form offers none of these, but templates are also deployed without it.
check_choices() {
  if is_on "$ENABLE_BULK" && [[ "$MESSAGING_BACKEND" == eventHubsStandard ]]; then
    problems+=("the topics of bulk transfers do not fit into the Standard tier of Event Hubs; choose eventHubsPremium, hdinsight or inCluster")
  fi
  if [[ "$DEPLOYMENT_SIZE" == production && "$MESSAGING_BACKEND" == inCluster ]]; then
    problems+=("Kafka in the cluster has one broker and is not for size production; choose eventHubsPremium")
  fi
}

# check_authority: a thumbprint of another certificate would refuse every participant.
check_authority() {
  local found end
  if ! found="$(authority -fingerprint -sha1 | cut -d = -f 2 | tr -d ':')" || [[ -z "$found" ]]; then
    problems+=("dfspCaCertificate is not a certificate in base64; upload the .cer, .crt or .pem file of the authority")
    return 0
  fi
  if [[ "$found" != "${DFSP_CA_THUMBPRINT^^}" ]]; then
    problems+=("dfspCaThumbprint is not that of the certificate, which has $found")
  fi
  end="$(authority -enddate)"
  authority_end="$(date --date "${end#notAfter=}" +%s)"
  if ! authority -checkend 0 > /dev/null; then
    problems+=("the certificate of the participants' authority is no longer valid (${end#notAfter=})")
  fi
}

# authority OPTION...: what openssl says of the certificate, whether its file was PEM or DER.
authority() {
  local form
  for form in DER PEM; do
    if base64 --decode <<< "$DFSP_CA_CERTIFICATE" 2> /dev/null | openssl x509 -inform "$form" -noout "$@" 2> /dev/null; then
      return 0
    fi
  done
  return 1
}

report() {
  local line
  for line in "${warnings[@]}"; do
    say "warning: $line"
  done
  for line in "${problems[@]}"; do
    say "problem: $line"
  done
  jq --null-input --argjson authorityEnd "$authority_end" '{warnings: $ARGS.positional, $authorityEnd}' --args "${warnings[@]}" > "$AZ_SCRIPTS_OUTPUT_PATH"
  if ((${#problems[@]} > 0)); then
    fail "preflight found ${#problems[@]} problem(s); nothing was installed: ${problems[*]}"
  fi
  say "preflight: nothing stands in the way"
}

main "$@"
