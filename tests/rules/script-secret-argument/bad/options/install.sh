#!/bin/bash
set -e
az login --service-principal --username "$APP" --password "$value" --tenant "$TENANT"
mysql -h "$HOST" -p"$(cat /run/secret)" -p"$admin" < users.sql
sudo -E helm upgrade moja chart --set "db.password=${DB_PASSWORD}" --wait
token=$(curl -s -H "Authorization: Bearer $ACCESS_TOKEN" https://example.com | jq -r .token)
kubectl create secret generic db --from-literal=password="$value" --dry-run=client -o yaml
az keyvault secret set --vault-name "$VAULT" --name db --value "$(openssl rand -hex 32)"
/opt/app/configure --admin-password="$value"
az login --service-principal -u "$APP" -p "$value" --tenant "$TENANT"
helm registry login registry.example.com -u "$APP" -p "$value"
az webapp create -p "$plan" -n web -g "$group"
