#!/bin/bash
set -e
curl -sSfL https://get.helm.sh/helm-v4.0.0-linux-amd64.tar.gz -o helm.tar.gz
sha256sum --check <<< "$digest  helm.tar.gz"
curl -k https://localhost:8443/health
curl --insecure https://10.0.0.4/health
curl -k "https://$host/health"
curl -sk https://kubernetes.default.svc/version
curl -sSfL https://get.helm.sh/index | grep helm | bash check.sh
wget -k https://example.org/page.html
