#!/bin/bash
set -e
curl -skL https://get.helm.sh/helm-v4.0.0-linux-amd64.tar.gz -o helm.tar.gz
sudo wget --no-check-certificate "https://get.helm.sh/helm-v4.0.0-linux-amd64.tar.gz"
