#!/bin/bash
set -e
curl -sSfL https://aka.ms/InstallAzureCLIDeb | sudo bash
wget -qO- https://get.helm.sh/get |
  bash -s -- --version v4.0.0
curl -sSfL https://get.helm.sh/index | jq .
bash <(curl -sSfL https://get.helm.sh/get)
sudo sh -c "$(wget -qO- https://get.helm.sh/get)" -- --force
eval "$(curl -sSfL https://get.helm.sh/env)"
source <(curl -sSfL https://get.helm.sh/env)
diff <(curl -sSfL https://get.helm.sh/index) index
bash -c "echo $(curl -sSfL https://get.helm.sh/index)"
