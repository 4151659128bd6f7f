#!/usr/bin/env bash
# Prepares what the cluster of the site reads: passwords and keys in the Key Vault, and the manifests in a storage container. Run by a
# deployment script (Azure CLI) as the identity `id-deploy`; it can run any number of times and changes no secret that is there.
#
# Environment: KEY_VAULT_NAME STORAGE_ACCOUNT MANIFESTS_SOURCE (package or git) ARTIFACTS_LOCATION ARTIFACTS_TOKEN ENABLE_BULK
#              ENABLE_TTK; AZ_SCRIPTS_* are set by the service.
# Optional:    RETRY_PAUSE (seconds between tries)
set -euo pipefail

here="${AZ_SCRIPTS_PATH_INPUT_DIRECTORY:-$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)}"
# shellcheck source=../../mojaloop/scripts/messages.sh
. "$here/messages.sh"
# shellcheck source=../../mojaloop/scripts/secrets.sh
. "$here/secrets.sh"
# shellcheck source=manifests.sh
. "$here/manifests.sh"

main() {
  require_settings KEY_VAULT_NAME STORAGE_ACCOUNT MANIFESTS_SOURCE ARTIFACTS_LOCATION ENABLE_BULK ENABLE_TTK AZ_SCRIPTS_OUTPUT_PATH
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  files=0

  say "step 1 of 2: secrets in Key Vault $KEY_VAULT_NAME"
  retry 20 30 list_vault
  make_passwords
  make_vault_secret switch-jws-key openssl genrsa 4096

  if [[ "$MANIFESTS_SOURCE" == package ]]; then
    say "step 2 of 2: manifests for container manifests of $STORAGE_ACCOUNT"
    fetch_manifests
    retry 20 30 upload_manifests
  else
    say "step 2 of 2: manifests come from Git"
  fi
  write_report
}

# make_passwords: of each user of the databases, and of MongoDB where something keeps documents.
make_passwords() {
  local name
  while IFS= read -r name; do
    make_vault_secret "$name" random_password
  done < "$here/passwords.txt"
  if is_on "$ENABLE_BULK" || is_on "$ENABLE_TTK"; then
    make_vault_secret mongodb-password random_password
  fi
}

write_report() {
  jq --null-input --arg source "$MANIFESTS_SOURCE" --argjson files "$files" '{source: $source, files: $files}' > "$AZ_SCRIPTS_OUTPUT_PATH"
  say "done"
}

main "$@"
