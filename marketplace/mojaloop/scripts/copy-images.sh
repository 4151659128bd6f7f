#!/usr/bin/env bash
# Copies images into an Azure Container Registry, for a switch that takes its images from there (`imageRegistry`). Each keeps the name
# that it has behind its own registry.
#
#   copy-images.sh --registry myregistry [--prefix mojaloop] [--dry-run] < images.txt
#
# images.txt has an image with a tag on each line, as `packager helm lock` and `helm template` name them. Needs az, signed in with a role
# that may import.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=messages.sh
. "$here/messages.sh"

registry="" prefix="" dry_run=false count=0
while (($# > 0)); do
  case "$1" in
    --registry) registry="${2:?--registry needs a name}" && shift 2 ;;
    --prefix) prefix="${2:?--prefix needs a path}/" && shift 2 ;;
    --dry-run) dry_run=true && shift ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) fail "unknown argument '$1'" "See copy-images.sh --help." ;;
  esac
done
[[ "$registry" =~ ^[A-Za-z0-9]{5,50}$ ]] || fail "--registry needs the name of the registry, without .azurecr.io"

while read -r image || [[ -n "$image" ]]; do
  [[ -n "$image" && "$image" != "#"* ]] || continue
  [[ "$image" =~ ^[a-z0-9][A-Za-z0-9._:/-]+$ ]] || fail "'$image' is no image" "Write one a line, such as docker.io/mojaloop/central-ledger:v19.12.7."
  # What has no registry of its own is on Docker Hub, and there in 'library' when it has no owner either.
  source="$image" target="$image"
  if [[ "$image" =~ ^[a-z0-9.-]+\.[a-z]+(:[0-9]+)?/ ]]; then
    target="${image#*/}"
  elif [[ "$image" == */* ]]; then
    source="docker.io/$image"
  else
    source="docker.io/library/$image"
  fi
  if [[ "$dry_run" == true ]]; then
    printf '%s -> %s.azurecr.io/%s%s\n' "$source" "$registry" "$prefix" "$target"
  else
    az acr import --name "$registry" --source "$source" --image "$prefix$target" --force --output none < /dev/null ||
      fail "$source was not copied" "Docker Hub limits downloads; run this again later."
    say "$registry.azurecr.io/$prefix$target"
  fi
  count=$((count + 1))
done
((count > 0)) || fail "no image was given" "Write them to standard input, one a line."
