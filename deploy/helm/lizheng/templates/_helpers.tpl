{{- define "lizheng.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "lizheng.labels" -}}
app.kubernetes.io/name: lizheng
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "lizheng.selector" -}}
app.kubernetes.io/name: lizheng
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "lizheng.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "lizheng.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "lizheng.env" -}}
- name: DATABASE_URL
  valueFrom: {secretKeyRef: {name: {{ .Values.existingSecret }}, key: database-url}}
- name: LIZHENG_SIGNING_KEY
  valueFrom: {secretKeyRef: {name: {{ .Values.existingSecret }}, key: signing-key}}
- {name: TEMPORAL_ADDRESS, value: {{ .Values.temporal.address | quote }}}
- {name: TEMPORAL_NAMESPACE, value: {{ .Values.temporal.namespace | quote }}}
- {name: LIZHENG_METRICS_LISTEN, value: ":9464"}
{{- end }}

{{- define "lizheng.files" -}}
- name: files
  persistentVolumeClaim:
    claimName: {{ .Values.files.existingClaim | default (printf "%s-files" .Release.Name) }}
{{- end }}
