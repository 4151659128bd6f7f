#!/usr/bin/env bash
# Installs Mojaloop on the cluster that the template has made. Run by a deployment script (Azure CLI) as the identity
# `id-deploy`; it can run any number of times and goes on where an earlier run stopped.
#
# Environment: RESOURCE_GROUP CLUSTER_NAME KEY_VAULT_NAME MYSQL_HOST MYSQL_ADMIN_LOGIN MESSAGING_BACKEND KAFKA_HOST_CORE
#              KAFKA_HOST_QUOTES GATEWAY_ADDRESS FUNCTIONS_PREFIX GATEWAY_URL FUNCTION_NAME DEPLOYMENT_SIZE HUB_NAME CURRENCIES
#              HUB_EMAIL ENABLE_BULK ENABLE_TTK RUN_TTK_TESTS TTK_THROUGH_GATEWAY HELM_VERSION INSIGHTS_ID IMAGE_REGISTRY (both
#              or "none"); AZ_SCRIPTS_* are set by the service.
# Optional:    HELM_DOWNLOAD_URL (a mirror of get.helm.sh), RETRY_PAUSE (seconds between tries)
set -euo pipefail

here="${AZ_SCRIPTS_PATH_INPUT_DIRECTORY:-$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)}"
# shellcheck source=messages.sh
. "$here/messages.sh"
# shellcheck source=tools.sh
. "$here/tools.sh"
# shellcheck source=secrets.sh
. "$here/secrets.sh"
# shellcheck source=releases.sh
. "$here/releases.sh"
# shellcheck source=function.sh
. "$here/function.sh"
# shellcheck source=insights.sh
. "$here/insights.sh"
# shellcheck source=onboarding.sh
. "$here/onboarding.sh"
# shellcheck source=report.sh
. "$here/report.sh"

main() {
  require_settings RESOURCE_GROUP CLUSTER_NAME KEY_VAULT_NAME MYSQL_HOST MYSQL_ADMIN_LOGIN MESSAGING_BACKEND KAFKA_HOST_CORE \
    KAFKA_HOST_QUOTES GATEWAY_ADDRESS FUNCTIONS_PREFIX GATEWAY_URL FUNCTION_NAME DEPLOYMENT_SIZE HUB_NAME CURRENCIES \
    HUB_EMAIL ENABLE_BULK ENABLE_TTK RUN_TTK_TESTS TTK_THROUGH_GATEWAY HELM_VERSION INSIGHTS_ID IMAGE_REGISTRY AZ_SCRIPTS_OUTPUT_PATH
  # The post-renderer takes it from the environment.
  [[ "$IMAGE_REGISTRY" != none ]] || unset IMAGE_REGISTRY
  work="$(mktemp -d)"
  connected=false
  tests='{"run": false}'
  trap finish EXIT
  mkdir "$work/bin"
  export PATH="$work/bin:$PATH" KUBECONFIG="$work/kubeconfig" HELM_PLUGINS="$work/plugins" HELM_CACHE_HOME="$work/cache"
  namespace="$(release_fact "$switch_release" .namespace)"

  say "step 1 of 8: tools"
  install_kubectl
  install_helm
  install_post_renderer

  say "step 2 of 8: credentials of cluster $CLUSTER_NAME"
  retry 10 30 connect
  connected=true

  say "step 3 of 8: namespace $namespace"
  make_namespace
  instrument_services

  say "step 4 of 8: secrets from Key Vault $KEY_VAULT_NAME"
  retry 20 30 list_vault
  make_database_secrets
  make_signing_key
  make_kafka_secrets
  make_mongodb_secret
  # Registered certificates by participant: none to begin with. The Function reads it by a reference of its settings.
  make_vault_secret dfsp-certificates printf '{}'

  say "step 5 of 8: check of participants, Function app $FUNCTION_NAME"
  deploy_function

  say "step 6 of 8: releases"
  install_releases

  say "step 7 of 8: hub $HUB_NAME"
  onboard_hub
  if is_on "$RUN_TTK_TESTS"; then
    run_tests
  fi

  say "step 8 of 8: report"
  write_report
}

connect() {
  az aks get-credentials --resource-group "$RESOURCE_GROUP" --name "$CLUSTER_NAME" --admin --file "$KUBECONFIG" \
    --overwrite-existing --only-show-errors && kubectl get --raw /readyz > "$work/ready.log"
}

# install_releases: in the order of releases.json, which puts the database's users and what upstream's services wait for
# before the services.
install_releases() {
  local release
  find_brokers
  for release in $(jq --raw-output '.releases[].release' "$here/releases.json"); do
    if wants_release "$release"; then
      install_release "$release"
    fi
  done
  drop_admin_secret
}

# drop_admin_secret: only the job that creates users needs the administrator's password.
drop_admin_secret() {
  kubectl delete secret mysql-admin --namespace "$namespace" --ignore-not-found
}

# finish: runs at every end. The work folder holds the cluster's credentials.
finish() {
  local code=$?
  set +e
  if ((code != 0)) && [[ "$connected" == true ]]; then
    diagnose 2>&1 | redact
    drop_admin_secret
  fi
  stop_forwarding
  rm -rf "$work"
  exit "$code"
}

main "$@"
