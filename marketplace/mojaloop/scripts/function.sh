# shellcheck shell=bash disable=SC2154 # here, work, namespace and the settings belong to install.sh
# The code of the check of participants. Sourced by install.sh.

# deploy_function: the files of the package as the zip that the service wants. The script host has Python, because the Azure
# CLI is made of it.
deploy_function() {
  local folder="$work/function" name
  mkdir -p "$folder"
  for name in function_app.py participants.py host.json requirements.txt; do
    cp "$here/$name" "$folder/"
  done
  (cd "$folder" && python3 -m zipfile -c "$work/function.zip" ./*)
  retry 5 30 az functionapp deployment source config-zip --resource-group "$RESOURCE_GROUP" --name "$FUNCTION_NAME" \
    --src "$work/function.zip" --output none --only-show-errors
}
