#!/usr/bin/env bash
# Helm's post-renderer: takes the rendered chart from standard input, applies kustomization.yaml and prints the result.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Kustomize reads files that lie in its own folder only.
cp "$here/kustomization.yaml" "$work/"
cat > "$work/rendered.yaml"
if ! grep -q '[^[:space:]]' "$work/rendered.yaml"; then
  echo "post-render: Helm rendered nothing; there is nothing to patch" >&2
  exit 1
fi
# IMAGE_REGISTRY has copies of all images, as where a cluster cannot reach the public ones.
if [[ -n "${IMAGE_REGISTRY:-}" ]]; then
  kubectl kustomize "$work" | sed -E "s#^([ -]*image: \"?)([a-z0-9.-]+\.[a-z]+(:[0-9]+)?/)?#\1$IMAGE_REGISTRY/#"
else
  kubectl kustomize "$work"
fi
