#!/bin/bash
set -e
curl -sSfL https://aka.ms/InstallAzureCLIDeb | sudo bash
wget -qO- https://get.helm.sh/get |
  bash -s -- --version v4.0.0
curl -sSfL https://get.helm.sh/index | jq .
