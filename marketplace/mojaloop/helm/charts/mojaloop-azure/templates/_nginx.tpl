{{- /*
  nginx.conf with what only the values know. `break` ends `set` as well, so it comes last. Behind API Management the gateway
  trusts the network; without it (mutualTls) it knows callers by their certificates and is the only way in.
*/ -}}
{{- define "mojaloop-azure.nginx" -}}
{{- $gateway := .Values.gateway -}}
{{- $routes := "" -}}
{{- range $gateway.routes -}}
{{- $host := printf "%s.%s.svc.%s" (required "a route needs a service" .service) $.Release.Namespace $gateway.clusterDomain -}}
{{- $block := printf "    location ~ ^/%s(/|$) {\n      set $upstream %s:80;\n      rewrite ^(.+)/$ $1 break;\n      proxy_pass http://$upstream;\n    }\n\n" (required "a route needs a segment" .segment) $host -}}
{{- $routes = print $routes $block -}}
{{- end -}}
{{- $ledger := printf "%s.%s.svc.%s:80" $gateway.ledger .Release.Namespace $gateway.clusterDomain -}}
{{- $http := "" -}}
{{- $kind := "internal" -}}
{{- $listen := "    listen 8080;\n" -}}
{{- if $gateway.mutualTls.enabled -}}
{{- $kind = "mutual-tls" -}}
{{- $http = .Files.Get "files/mutual-tls-http.conf" | replace "@rate@" (toString $gateway.mutualTls.requestsPerSecond) -}}
{{- $burst := toString (mul 2 $gateway.mutualTls.requestsPerSecond) -}}
{{- $listen = .Files.Get "files/mutual-tls-server.conf" | replace "@burst@" $burst -}}
{{- end -}}
{{- $locations := .Files.Get (printf "files/%s-locations.conf" $kind) -}}
{{- if not $gateway.mutualTls.enabled -}}
{{- $readers := required "gateway.ledgerReaders says who may ask the ledger" $gateway.ledgerReaders -}}
{{- $locations = $locations | replace "@ledgerReaders@" $readers | replace "@ledger@" $ledger -}}
{{- end -}}
{{- .Files.Get "files/nginx.conf"
  | replace "@http@" $http
  | replace "@listen@" $listen
  | replace "@routes@\n" $routes
  | replace "@locations@" $locations
  | replace "@resolver@" $gateway.resolver -}}
{{- end -}}
