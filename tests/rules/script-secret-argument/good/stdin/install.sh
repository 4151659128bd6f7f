#!/bin/bash
set -e
az login --identity
printf '%s' "$DB_PASSWORD" | kubectl create secret generic db --from-file=password=/dev/stdin --dry-run=client -o yaml
az keyvault secret show --vault-name "$VAULT" --name "$PASSWORD_SECRET" --query value -o tsv
az keyvault secret set --vault-name "$VAULT" --name db --file /dev/stdin
kubectl get secret "$TLS_SECRET" --namespace mojaloop
docker login --username "$NAME" --password-stdin registry.example.com <<< "$REGISTRY_PASSWORD"
mysql --defaults-extra-file="$here/my.cnf" --password < users.sql
helm upgrade moja chart --values "$work/secrets.yaml" --set "db.passwordSecret=$PASSWORD_SECRET_NAME"
[ -n "$DB_PASSWORD" ] || { echo "no password: ${#DB_PASSWORD} ${DB_PASSWORD:+set}"; exit 1; }
store --password "$DB_PASSWORD"
ls "$PWD" "$OLDPWD"
cat <<END | kubectl apply -f -
stringData: {password: "$DB_PASSWORD"}
END
# az login --password "$DB_PASSWORD"
store() {
  tee "$work/password" > /dev/null
}
