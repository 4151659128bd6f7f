# shellcheck shell=bash disable=SC2154 # here and work belong to publish.sh
# The manifests of the package, on their way to the container that Flux reads. Sourced by publish.sh.
#
# The service puts the files of a script into one folder by their base names, and every folder of manifests has a file
# kustomization.yaml; so they are fetched here, from where the package is, and keep their folders.

# fetch_manifests: every file of manifests.txt into the work folder; sets `files` to how many. The token of the package goes to
# curl through its configuration on standard input: arguments can be read by whoever is on the machine.
fetch_manifests() {
  local name
  while IFS= read -r name; do
    mkdir -p "$work/$(dirname "$name")"
    curl_configuration "$(address_of "$name")" "$work/$name" |
      curl --fail --silent --show-error --location --retry 5 --retry-connrefused --config - ||
      fail "$name cannot be fetched from the package" "Deploy again; if it happens again, the package is incomplete."
    files=$((files + 1))
  done < "$here/manifests.txt"
  say "  $files files"
}

# address_of NAME: beside the main template, whose address may have a query of its own.
address_of() {
  local base="${ARTIFACTS_LOCATION%%\?*}"
  printf '%s/%s%s' "${base%/*}" "$1" "${ARTIFACTS_TOKEN:-}"
}

# curl_configuration URL FILE
curl_configuration() {
  printf 'url = "%s"\noutput = "%s"\n' "$1" "$2"
}

# upload_manifests: needs the role on the account, which may take minutes to arrive.
upload_manifests() {
  az storage blob upload-batch --account-name "$STORAGE_ACCOUNT" --destination manifests --source "$work/gitops" \
    --auth-mode login --overwrite true --no-progress --only-show-errors --output none
}
