#!/bin/bash
set -euxo pipefail
name=ledger
password=$(az keyvault secret show --name db --query value -o tsv)
printf '%s' "$password"
