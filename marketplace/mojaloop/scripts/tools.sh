# shellcheck shell=bash disable=SC2154 # here, work, namespace and the settings belong to install.sh
# The programs that the installation needs, each in the version that it was made for. Sourced by install.sh.

# install_helm: Helm from its own download site, refused when it is not what the checksum beside it says.
install_helm() {
  local site="${HELM_DOWNLOAD_URL:-https://get.helm.sh}" archive="helm-v$HELM_VERSION-linux-amd64.tar.gz"
  say "Helm $HELM_VERSION from $site"
  fetch "$site/$archive" "$work/$archive"
  fetch "$site/$archive.sha256sum" "$work/$archive.sha256sum"
  (cd "$work" && sha256sum --check --status "$archive.sha256sum") ||
    fail "$site/$archive is not what its checksum says" "The download was altered or cut off; run the deployment again."
  tar -xzf "$work/$archive" -C "$work" linux-amd64/helm
  mv "$work/linux-amd64/helm" "$work/bin/helm"
}

# install_kubectl: the version of the cluster, because a client more than one minor version away is not supported.
install_kubectl() {
  local version
  version="$(az aks show --resource-group "$RESOURCE_GROUP" --name "$CLUSTER_NAME" --query currentKubernetesVersion --output tsv)"
  say "kubectl $version, as the cluster"
  az aks install-cli --client-version "$version" --install-location "$work/bin/kubectl" \
    --kubelogin-install-location "$work/bin/kubelogin" --only-show-errors
}

# install_post_renderer: Helm 4 wants a folder a plugin; a deployment script gets all of its files in one.
install_post_renderer() {
  local folder="$HELM_PLUGINS/mojaloop-env" kind=sasl
  if speaks_plaintext; then kind=plaintext; fi
  mkdir -p "$folder"
  cp "$here/plugin.yaml" "$here/post-render.sh" "$folder/"
  cp "$here/kustomization-$kind.yaml" "$folder/kustomization.yaml"
  chmod 755 "$folder/post-render.sh"
}

# fetch URL FILE
fetch() {
  curl --fail --silent --show-error --location --retry 5 --retry-connrefused --output "$2" "$1" ||
    fail "cannot download $1" "The deployment script needs to reach it over HTTPS; allow it or set HELM_DOWNLOAD_URL to a mirror."
}
