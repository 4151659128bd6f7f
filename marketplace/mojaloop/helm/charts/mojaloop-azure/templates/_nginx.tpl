{{- /* nginx.conf with what only the values know. `break` ends `set` as well, so it comes last. */ -}}
{{- define "mojaloop-azure.nginx" -}}
{{- $routes := "" -}}
{{- range .Values.gateway.routes -}}
{{- $host := printf "%s.%s.svc.%s" (required "a route needs a service" .service) $.Release.Namespace $.Values.gateway.clusterDomain -}}
{{- $block := printf "    location ~ ^/%s(/|$) {\n      set $upstream %s:80;\n      rewrite ^(.+)/$ $1 break;\n      proxy_pass http://$upstream;\n    }\n\n" (required "a route needs a segment" .segment) $host -}}
{{- $routes = print $routes $block -}}
{{- end -}}
{{- $ledger := printf "%s.%s.svc.%s:80" .Values.gateway.ledger .Release.Namespace .Values.gateway.clusterDomain -}}
{{- .Files.Get "files/nginx.conf"
  | replace "@routes@\n" $routes
  | replace "@resolver@" .Values.gateway.resolver
  | replace "@ledgerReaders@" (required "gateway.ledgerReaders says who may ask the ledger" .Values.gateway.ledgerReaders)
  | replace "@ledger@" $ledger
  | replace "@port@" "8080" -}}
{{- end -}}
