#!/usr/bin/env bash
# Puts the item for the stamp's marketplace together, from the package's own files: a folder that the Azure Stack Hub gallery packager
# turns into an .azpkg.
#
#   gallery-item.sh PACKAGE-FOLDER OUTPUT-FOLDER
#
# PACKAGE-FOLDER is the package, unpacked. Then, on Windows: AzureStackHubGallery.exe package -m OUTPUT-FOLDER\Manifest.json -o .
set -euo pipefail

if [[ $# != 2 || ! -f "$1/gallery/Manifest.json" ]]; then
  sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
package="$1" item="$2"
if [[ -e "$item" ]]; then
  echo "ERROR: $item is there already; name a new folder" >&2
  exit 1
fi
mkdir -p "$item/DeploymentTemplates"
cp -R "$package/gallery/." "$item/"
for name in mainTemplate.json createUiDefinition.json scripts cluster databases helm post-render; do
  cp -R "$package/$name" "$item/DeploymentTemplates/"
done
echo "$item is ready for the gallery packager"
