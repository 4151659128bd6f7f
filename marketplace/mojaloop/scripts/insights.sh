# shellcheck shell=bash disable=SC2154 # work, namespace and the settings belong to install.sh
# Traces of the services themselves. Sourced by install.sh.

# instrument_services: tells the cluster to add the agent of Application Insights to the pods of the namespace as they are made;
# the services are Node.js, and their images stay as they are. Without traces the switch works all the same.
instrument_services() {
  local connection
  [[ "$INSIGHTS_ID" != none ]] || return 0
  if ! retry 10 30 kubectl get crd instrumentations.monitor.azure.com > "$work/crd.log" 2>&1; then
    say "  warning: the cluster has no automatic instrumentation, so that the services write no traces"
    return 0
  fi
  connection="$(az resource show --ids "$INSIGHTS_ID" --query properties.ConnectionString --output tsv)"
  remember_secret "$connection"
  kubectl apply --server-side --force-conflicts --filename - << YAML
apiVersion: monitor.azure.com/v1
kind: Instrumentation
metadata:
  name: default
  namespace: $namespace
spec:
  settings:
    autoInstrumentationPlatforms: [NodeJs]
  destination:
    applicationInsightsConnectionString: "$connection"
YAML
}
