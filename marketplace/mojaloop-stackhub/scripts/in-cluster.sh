# shellcheck shell=bash disable=SC2154 # here, work, namespace and the settings belong to install-mojaloop.sh
# What has its place in the cluster on a stamp: the operators, the databases, the broker, and the gateway's certificates. The
# manifests are those of the variant for Azure Local, with places ${name} to be filled in. Sourced by install-mojaloop.sh.

# install_operators: what makes certificates, runs MySQL and runs Kafka; each in the version that the package was made for.
install_operators() {
  local chart repository version target name chart_source
  local -a options
  while IFS=$'\t' read -r chart repository version target; do
    name="$target/$chart"
    say "  operator $name $version"
    options=(--repo "$repository" --version "$version" --namespace "$target" --create-namespace --wait --timeout 15m)
    if [[ "$chart" == cert-manager ]]; then options+=(--set crds.enabled=true); fi
    registry_options "$chart"
    chart_source="$chart"
    if [[ -f "$here/$chart-$version.tgz" ]]; then
      # A stamp without a way out has the archives beside the scripts.
      chart_source="$here/$chart-$version.tgz"
      options=("${options[@]:4}")
    fi
    retry 3 30 helm upgrade --install "$chart" "$chart_source" "${options[@]}"
  done < <(jq --raw-output '.[] | [.chart, .repository, .version, .namespace] | @tsv' "$here/operators.json")
}

# registry_options CHART: images from the stamp's own registry, where there is one.
registry_options() {
  [[ -n "$IMAGE_REGISTRY" ]] || return 0
  options+=(--post-renderer mojaloop-env)
  if [[ "$1" == strimzi-kafka-operator ]]; then options+=(--set "defaultImageRegistry=${IMAGE_REGISTRY%%/*}"); fi
}

# fill_manifest FILE: on standard output, with what stands in it as ${name} filled in.
fill_manifest() {
  local text name
  text="$(< "$here/$1")"
  for name in "${!facts[@]}"; do
    text="${text//\$\{$name\}/"${facts[$name]}"}"
  done
  # shellcheck disable=SC2016 # the places as they are written
  if [[ "$text" =~ \$\{[a-z_]+\} ]]; then
    fail "$1 has the unknown place ${BASH_REMATCH[0]}" "The package is broken: its manifests and in-cluster.sh disagree."
  fi
  if [[ -n "$IMAGE_REGISTRY" ]]; then
    sed -E "s#^([ -]*image: \"?)([a-z0-9.-]+\.[a-z]+(:[0-9]+)?/)?#\1$IMAGE_REGISTRY/#" <<< "$text"
  else
    printf '%s\n' "$text"
  fi
}

# gather_facts: what the manifests leave open.
declare -A facts=()
gather_facts() {
  facts=(
    [gateway_host_name]="$(setting gatewayHostName)"
    [backup_endpoint]="$BACKUP_ENDPOINT"
    [backup_days]="$(size_fact .mysql.backups)"
    [mysql_storage]="$(size_fact .mysql.storage)"
    [mysql_memory]="$(size_fact .mysql.memory)"
    [mysql_cpu]="$(size_fact .mysql.cpu)"
    [mysql_bufferpool]="$(size_fact .mysql.bufferPool)"
    [mysql_connections]="$(size_fact .mysql.connections)"
    [kafka_storage]="$(size_fact .kafka.storage)"
    [kafka_memory]="$(size_fact .kafka.memory)"
    [kafka_heap]="$(size_fact .kafka.heap)"
    [kafka_partitions]="$(size_fact .kafka.partitions)"
  )
}

# apply_manifest FILE
apply_manifest() {
  fill_manifest "$1" | kubectl apply --server-side --force-conflicts --filename -
}

# ensure_storage_class: databases ask for the cluster's default class of disks.
ensure_storage_class() {
  local classes
  classes="$(kubectl get storageclass --output json)"
  if jq --exit-status 'any(.items[]; .metadata.annotations["storageclass.kubernetes.io/is-default-class"] == "true")' <<< "$classes" > "$work/class.log"; then
    return 0
  fi
  jq --exit-status 'any(.items[]; .metadata.name == "managed-premium")' <<< "$classes" > "$work/class.log" ||
    fail "the cluster has neither a default storage class nor one called managed-premium" "Make one for the stamp's managed disks and mark it as the default."
  kubectl annotate storageclass managed-premium storageclass.kubernetes.io/is-default-class=true --overwrite
}

# run_database: MySQL in the cluster with its backups. The overlay has to lie beside its base, as it was written.
run_database() {
  local folder="$work/mysql"
  mkdir -p "$folder/base" "$folder/backups"
  fill_manifest mysql.yaml > "$folder/base/cluster.yaml"
  printf 'resources: [cluster.yaml]\n' > "$folder/base/kustomization.yaml"
  fill_manifest backups.yaml > "$folder/backups/kustomization.yaml"
  kubectl kustomize "$folder/backups" | kubectl apply --server-side --force-conflicts --filename -
}

# run_broker: Kafka in the cluster with the topics that the switch expects.
run_broker() {
  apply_manifest kafka.yaml
  apply_manifest topics.yaml
}

# wait_for_state KIND NAME JSONPATH VALUE: images and disks take their time.
wait_for_state() {
  retry 90 20 has_state "$@" || fail "$1 $2 is not $4 after half an hour" "Look at its pods: kubectl get pods --namespace $namespace"
}

has_state() {
  [[ "$(kubectl get "$1" "$2" --namespace "$namespace" --output "jsonpath=$3")" == "$4" ]]
}

# make_backup_secret: with which the backups are written.
make_backup_secret() {
  local secret
  read_vault_secret backup-storage-key
  apply_secret backup-account AZURE_STORAGE_ACCOUNT_NAME "$(setting storageName)" AZURE_STORAGE_ACCOUNT_KEY "$secret"
}

# authorities_text: `secret` as PEM, whether it is that already or a file of PEM or DER in base64.
authorities_text() {
  local decoded="$work/authorities"
  if [[ "$secret" == *"BEGIN CERTIFICATE"* ]]; then
    printf '%s\n' "$secret"
    return 0
  fi
  base64 --decode <<< "$secret" > "$decoded" 2> /dev/null || return 1
  if grep --quiet "BEGIN CERTIFICATE" "$decoded"; then
    cat "$decoded"
  else
    openssl x509 -inform DER -in "$decoded" 2> /dev/null
  fi
}

# make_gateway_certificates: whom the gateway lets in, and what it shows. A certificate of its own comes from the vault; without one
# the cluster makes it, and participants have to be given its authority.
make_gateway_certificates() {
  local secret certificate authorities
  read_vault_secret dfsp-authorities
  authorities="$(authorities_text)" ||
    fail "dfsp-authorities in Key Vault $KEY_VAULT_NAME holds no certificate" "Write the authorities' certificates there as PEM, one after the other, and run mojaloop-install again."
  gateway_revision="$(sha256sum <<< "$authorities" | cut -c 1-16)"
  jq --null-input --arg namespace "$namespace" --arg text "$authorities"$'\n' \
    '{apiVersion: "v1", kind: "ConfigMap", metadata: {name: "dfsp-authorities", namespace: $namespace}, data: {"ca.crt": $text}}' |
    kubectl apply --server-side --force-conflicts --filename -
  if [[ $'\n'"$vault_names"$'\n' != *$'\n'gateway-certificate$'\n'* ]]; then
    say "  the Key Vault has no gateway-certificate: the cluster makes one"
    apply_manifest gateway-certificate.yaml
    return 0
  fi
  read_vault_secret gateway-certificate
  certificate="$secret"
  read_vault_secret gateway-certificate-key
  apply_secret gateway-tls tls.crt "$certificate"$'\n' tls.key "$secret"$'\n'
  gateway_revision="$gateway_revision-$(sha256sum <<< "$certificate" | cut -c 1-16)"
}

# gateway_access: adds what gateway-access.sh has written to `options`: whom the gateway keeps out, and who speaks for others.
gateway_access() {
  local file="$work/gateway-access.yaml"
  kubectl get configmap gateway-access --namespace "$namespace" --ignore-not-found --output 'jsonpath={.data.values\.yaml}' > "$file" ||
    fail "the cluster does not say whom the gateway keeps out" "Without that it would let them in again; run mojaloop-install again."
  if [[ -s "$file" ]]; then options+=(--values "$file"); fi
}
