#!/usr/bin/env bash
# Makes the machine for operations ready. Run once by the extension CustomScript of the template, as root, in the folder with all
# files of the package; its argument is what the deployment knows, JSON in base64. No secret is among it.
#
# On a stamp without a way out, give the image az, aks-engine-azurestack, kubectl, helm, jq and openssl beforehand: what is
# there in the right version is not fetched. AKS_ENGINE_DOWNLOAD_URL, KUBECTL_DOWNLOAD_URL, HELM_DOWNLOAD_URL and PIP_INDEX_URL name mirrors.
set -euo pipefail

source_folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
here="${MOJALOOP_HOME:-/opt/mojaloop}"
programs="${MOJALOOP_PROGRAMS:-/usr/local/bin}"
# shellcheck source=messages.sh
. "$source_folder/messages.sh"
# shellcheck source=tools.sh
. "$source_folder/tools.sh"
# shellcheck source=stamp.sh
. "$source_folder/stamp.sh"

main() {
  [[ $# == 1 ]] || fail "prepare-machine.sh takes the settings of the deployment" "The template runs it; there is no need to do so by hand."
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/bin"

  say "files in $here"
  install -d -m 755 "$here"
  install -d -m 700 "$state"
  install -m 644 "$source_folder"/* "$here/"
  base64 --decode <<< "$1" > "$work/settings.json" || fail "the settings of the deployment are not in base64"

  install_packages
  jq . "$work/settings.json" > "$here/settings.json" || fail "the settings of the deployment are no JSON"
  chmod 755 "$here"/*.sh

  HELM_VERSION="$(setting helmVersion)"
  provide az "$(setting azureCliVersion)" az version -- install_az
  provide helm "$HELM_VERSION" helm version -- install_helm
  provide kubectl "$(setting kubernetesVersion)" kubectl version --client -- install_kubectl_of_cluster
  provide aks-engine-azurestack "$(setting aksEngineVersion)" aks-engine-azurestack version -- install_aks_engine
  ln -sf "$here/make-cluster.sh" "$programs/mojaloop-cluster"
  ln -sf "$here/install-mojaloop.sh" "$programs/mojaloop-install"
  say "ready: sign in at the stamp with az, then run mojaloop-cluster"
}

install_packages() {
  if command -v jq > /dev/null && command -v openssl > /dev/null && command -v python3 > /dev/null; then return 0; fi
  DEBIAN_FRONTEND=noninteractive retry 5 20 apt-get update -q
  DEBIAN_FRONTEND=noninteractive retry 5 20 apt-get install -y -q --no-install-recommends ca-certificates curl jq openssl python3-venv
}

# provide PROGRAM VERSION COMMAND... -- INSTALLER: runs the installer unless the command tells of that version.
provide() {
  local program="$1" version="$2" told
  local -a command=()
  shift 2
  while [[ "$1" != -- ]]; do
    command+=("$1")
    shift
  done
  told="$("${command[@]}" 2>&1)" || told=""
  if [[ "$told" == *"$version"* ]]; then
    say "$program $version is there"
    return 0
  fi
  "$2"
  if [[ -x "$work/bin/$program" ]]; then install -m 755 "$work/bin/$program" "$programs/$program"; fi
}

# install_az: in a Python environment of its own, in the one version that the scripts were tried with.
install_az() {
  say "Azure CLI $(setting azureCliVersion)"
  python3 -m venv "$here/az"
  retry 3 20 "$here/az/bin/pip" install --quiet --disable-pip-version-check "azure-cli==$(setting azureCliVersion)"
  ln -sf "$here/az/bin/az" "$programs/az"
}

install_kubectl_of_cluster() {
  local version site
  version="$(setting kubernetesVersion)"
  site="${KUBECTL_DOWNLOAD_URL:-https://dl.k8s.io/release}/v$version/bin/linux/amd64"
  say "kubectl $version from $site"
  fetch "$site/kubectl" "$work/bin/kubectl"
  fetch "$site/kubectl.sha256" "$work/kubectl.sha256"
  printf '%s  %s\n' "$(< "$work/kubectl.sha256")" "$work/bin/kubectl" | sha256sum --check --status ||
    fail "$site/kubectl is not what its checksum says" "The download was altered or cut off; run the deployment again."
  chmod 755 "$work/bin/kubectl"
}

# install_aks_engine: its releases come without a checksum beside them; AKS_ENGINE_SHA256 is compared when it is given.
install_aks_engine() {
  local version name site found
  version="$(setting aksEngineVersion)"
  name="aks-engine-azurestack-v$version-linux-amd64"
  site="${AKS_ENGINE_DOWNLOAD_URL:-https://github.com/Azure/aks-engine-azurestack/releases/download}/v$version"
  say "AKS engine $version from $site"
  fetch "$site/$name.tar.gz" "$work/$name.tar.gz"
  found="$(sha256sum < "$work/$name.tar.gz" | cut -d ' ' -f 1)"
  if [[ -n "${AKS_ENGINE_SHA256:-}" && "$found" != "$AKS_ENGINE_SHA256" ]]; then
    fail "$site/$name.tar.gz has the digest $found, not the one in AKS_ENGINE_SHA256" "Do not use it."
  fi
  say "  its sha256 is $found"
  tar -xzf "$work/$name.tar.gz" -C "$work" "$name/aks-engine-azurestack"
  mv "$work/$name/aks-engine-azurestack" "$work/bin/aks-engine-azurestack"
}

main "$@"
