"""What the API server refuses in objects that fit their schemas, after k8s.io/kubernetes/pkg/apis/*/validation."""
