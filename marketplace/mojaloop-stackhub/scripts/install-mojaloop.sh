#!/usr/bin/env bash
# Installs Mojaloop in the cluster: what a stamp has no service for, then the switch and its gateway. It can run any number of times
# and goes on where an earlier run stopped.
#
#   sudo mojaloop-install [--kubeconfig FILE]
#
# FILE has the credentials of a cluster that is there already; without it, it is the one that mojaloop-cluster has made. Needs az,
# signed in at the stamp as whom the Key Vault lets read and write its secrets. RETRY_PAUSE: seconds between tries.
set -euo pipefail

here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"
# shellcheck source=stamp.sh
. "$here/stamp.sh"
# shellcheck source=tools.sh
. "$here/tools.sh"
# shellcheck source=secrets.sh
. "$here/secrets.sh"
# shellcheck source=releases.sh
. "$here/releases.sh"
# shellcheck source=in-cluster.sh
. "$here/in-cluster.sh"
# shellcheck source=onboarding.sh
. "$here/onboarding.sh"
# shellcheck source=report.sh
. "$here/report.sh"

main() {
  local kubeconfig="$state/kubeconfig"
  while (($# > 0)); do
    case "$1" in
      --kubeconfig) kubeconfig="${2:?--kubeconfig needs a file}" && shift 2 ;;
      -h | --help) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
      *) fail "unknown argument '$1'" "See mojaloop-install --help." ;;
    esac
  done
  [[ -r "$kubeconfig" ]] || fail "there are no credentials of a cluster in $kubeconfig" "Run mojaloop-cluster first, or name them with --kubeconfig."
  read_settings
  umask 077
  work="$(mktemp -d)"
  connected=false
  trap finish EXIT
  export KUBECONFIG="$kubeconfig" HELM_PLUGINS="$work/plugins" HELM_CACHE_HOME="$work/cache" IMAGE_REGISTRY
  install_post_renderer

  say "step 1 of 8: stamp and cluster"
  require_sign_in
  kubectl get --raw /readyz > "$work/ready.log" || fail "the cluster does not answer" "Look whether its machines run, and whether $kubeconfig is its."
  connected=true
  BACKUP_ENDPOINT="$(az storage account show --resource-group "$(setting resourceGroup)" --name "$(setting storageName)" --query primaryEndpoints.blob --output tsv)"
  gather_facts
  ensure_storage_class
  make_namespace

  say "step 2 of 8: secrets from Key Vault $KEY_VAULT_NAME"
  list_vault
  make_user_secrets
  make_signing_key

  say "step 3 of 8: operators"
  install_operators
  apply_manifest authority.yaml

  say "step 4 of 8: databases and broker"
  make_gateway_certificates
  start_stores

  say "step 5 of 8: releases"
  install_release moja-azure
  install_release "$switch_release"

  say "step 6 of 8: hub $HUB_NAME"
  onboard_hub

  say "step 7 of 8: the gateway's address"
  gateway_address="$(kubectl get service moja-azure-gateway --namespace "$namespace" --output 'jsonpath={.status.loadBalancer.ingress[0].ip}')"
  say "  let $(setting gatewayHostName) point to ${gateway_address:-the address that the stamp has yet to give it}"

  say "step 8 of 8: report"
  write_report
}

# read_settings: what the shared parts ask for, under the names that they have for it.
read_settings() {
  HUB_NAME="$(setting hubName)"
  CURRENCIES="$(setting currencies)"
  DEPLOYMENT_SIZE="$(setting deploymentSize)"
  KEY_VAULT_NAME="$(setting keyVaultName)"
  HELM_VERSION="$(setting helmVersion)"
  IMAGE_REGISTRY="$(setting imageRegistry)"
  DATABASE_BACKEND="$(setting databaseBackend)"
  [[ -n "$HUB_NAME" && -n "$KEY_VAULT_NAME" ]] || fail "$here/settings.json is not what the template writes" "Look at the log of its extension."
  MYSQL_HOST=mojaloop-db-haproxy
  MYSQL_ADMIN_LOGIN=root
  if [[ "$DATABASE_BACKEND" == machine ]]; then
    MYSQL_HOST="$(setting databaseHost)"
    [[ -n "$MYSQL_HOST" ]] || fail "databaseHost is empty" "Deploy the template with the name of your MySQL server, or with databaseBackend inCluster."
  fi
  KAFKA_HOST_CORE=mojaloop-kafka-kafka-bootstrap
  KAFKA_HOST_QUOTES="$KAFKA_HOST_CORE"
  MESSAGING_BACKEND=inCluster
  ENABLE_BULK=false
  ENABLE_TTK=false
  TTK_THROUGH_GATEWAY=false
  GATEWAY_ADDRESS=""
  FUNCTIONS_PREFIX=""
  GATEWAY_URL="https://$(setting gatewayHostName)"
  AZ_SCRIPTS_OUTPUT_PATH="$state/report.json"
  tests='{"run": false}'
  gateway_revision=""
  namespace="$(release_fact "$switch_release" .namespace)"
}

# make_user_secrets: passwords of the databases' users; for a server of one's own also its administrator's, which has to be in the
# vault, and the authority of its certificate.
make_user_secrets() {
  local secret
  if [[ "$DATABASE_BACKEND" != machine ]]; then
    make_user_passwords
    make_backup_secret
    return 0
  fi
  read_vault_secret mysql-admin-login
  MYSQL_ADMIN_LOGIN="$secret"
  make_database_secrets
  read_vault_secret database-authority
  apply_secret mojaloop-db-ssl ca.crt "$secret"$'\n'
}

# start_stores: MySQL unless there is one, and Kafka.
start_stores() {
  run_broker
  if [[ "$DATABASE_BACKEND" != machine ]]; then
    run_database
    wait_for_state perconaxtradbcluster mojaloop-db '{.status.state}' ready
  fi
  wait_for_state kafka mojaloop-kafka '{.status.conditions[?(@.type=="Ready")].status}' True
}

# more_options RELEASE: what releases.sh does not know of.
more_options() {
  case "$1" in
    moja-azure)
      gateway_access
      options+=(--set-string "gateway.mutualTls.revision=$gateway_revision")
      if [[ "$DATABASE_BACKEND" != machine ]]; then options+=(--set-json 'mysql.users=[]'); fi
      if [[ -n "$IMAGE_REGISTRY" ]]; then options+=(--post-renderer mojaloop-env); fi
      ;;
    "$switch_release") options+=(--values "$here/values-stackhub.yaml") ;;
  esac
}

# finish: runs at every end.
finish() {
  local code=$?
  set +e
  if ((code != 0)) && [[ "$connected" == true ]]; then
    diagnose 2>&1 | redact
  fi
  if [[ "$connected" == true && "$DATABASE_BACKEND" == machine ]]; then
    kubectl delete secret mysql-admin --namespace "$namespace" --ignore-not-found
  fi
  stop_forwarding
  rm -rf "$work"
  exit "$code"
}

main "$@"
