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
{{- /* Headers and body are signed; from API Management they go on as they came. */ -}}
{{- $listen := "    listen 8080;\n    underscores_in_headers on;\n" -}}
{{- $tls := $gateway.mutualTls -}}
{{- if $tls.enabled -}}
{{- $kind = "mutual-tls" -}}
{{- $proxies := include "mojaloop-azure.names" (dict "setting" "proxies" "names" $tls.proxies) -}}
{{- $hub := include "mojaloop-azure.names" (dict "setting" "hubName" "names" (list $tls.hubName "hub" "switch")) -}}
{{- $suspended := include "mojaloop-azure.names" (dict "setting" "suspended" "names" $tls.suspended) -}}
{{- $http = .Files.Get "files/mutual-tls-http.conf"
  | replace "@proxies@" (ternary (printf "    \"~^(?:%s)$\" 1;\n" $proxies) "" (ne $proxies ""))
  | replace "@suspended@" (list $hub $suspended | compact | join "|")
  | replace "@revoked@" (include "mojaloop-azure.revoked" $tls.revoked)
  | replace "@rate@" (toString $tls.requestsPerSecond) -}}
{{- $listen = .Files.Get "files/mutual-tls-server.conf"
  | replace "@lists@" (ternary "    ssl_crl /lists/ca.crl;\n" "" (ne $tls.revocationLists ""))
  | replace "@burst@" (toString (mul 2 $tls.requestsPerSecond)) -}}
{{- end -}}
{{- $locations := .Files.Get (printf "files/%s-locations.conf" $kind) -}}
{{- if not $tls.enabled -}}
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

{{- /* Names of participants as the alternatives of a regular expression; nothing else gets into the configuration. */ -}}
{{- define "mojaloop-azure.names" -}}
{{- $quoted := list -}}
{{- range $name := .names -}}
{{- if not (regexMatch "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$" (toString $name)) -}}
{{- fail (printf "gateway.mutualTls.%s: '%s' is not a participant's name" $.setting (toString $name)) -}}
{{- end -}}
{{- $quoted = append $quoted (regexQuoteMeta (toString $name)) -}}
{{- end -}}
{{- uniq $quoted | join "|" -}}
{{- end -}}

{{- /* Fingerprints as nginx writes them, whether they came with colons or in capitals. */ -}}
{{- define "mojaloop-azure.revoked" -}}
{{- $plain := list -}}
{{- range $fingerprint := . -}}
{{- $digits := toString $fingerprint | replace ":" "" | lower -}}
{{- if not (regexMatch "^[0-9a-f]{40}$" $digits) -}}
{{- fail (printf "gateway.mutualTls.revoked: '%s' is not a SHA-1 fingerprint" (toString $fingerprint)) -}}
{{- end -}}
{{- $plain = append $plain $digits -}}
{{- end -}}
{{- range uniq $plain }}    {{ . }} 1;
{{ end -}}
{{- end -}}
