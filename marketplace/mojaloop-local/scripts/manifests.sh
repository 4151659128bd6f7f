# shellcheck shell=bash disable=SC2154 # here and work belong to publish.sh
# The manifests of the package, on their way to the container that Flux reads. Sourced by publish.sh.
#
# The service puts the files of a script into one folder by their base names, and every folder of manifests has a file
# kustomization.yaml; so they are fetched here, from where the package is, and keep their folders.

# fetch_manifests: every file of manifests.txt into the work folder; sets `files` to how many. The token of the package goes to
# curl through its configuration on standard input: arguments can be read by whoever is on the machine.
fetch_manifests() {
  local names
  mapfile -t names < "$here/manifests.txt"
  if ! curl_configuration "${names[@]}" |
    curl --silent --show-error --fail --fail-early --location --retry 5 --retry-connrefused --create-dirs --config -; then
    fail "$(first_missing "${names[@]}") cannot be fetched from the package" "Deploy again; if it happens again, the package is incomplete."
  fi
  files="${#names[@]}"
  say "  $files files"
}

# curl_configuration NAME...: each from beside the main template, whose address may have a query of its own.
curl_configuration() {
  local name base="${ARTIFACTS_LOCATION%%\?*}"
  for name in "$@"; do
    printf 'url = "%s/%s%s"\noutput = "%s/%s"\n' "${base%/*}" "$name" "${ARTIFACTS_TOKEN:-}" "$work" "$name"
  done
}

# first_missing NAME...: the one at which curl gave up; it fetches them in this order.
first_missing() {
  local name
  for name in "$@"; do
    if [[ ! -e "$work/$name" ]]; then
      break
    fi
  done
  printf '%s' "$name"
}

# upload_manifests: needs the role on the account, which may take minutes to arrive.
upload_manifests() {
  az storage blob upload-batch --account-name "$STORAGE_ACCOUNT" --destination manifests --source "$work/gitops" \
    --auth-mode login --overwrite true --no-progress --only-show-errors --output none
}
