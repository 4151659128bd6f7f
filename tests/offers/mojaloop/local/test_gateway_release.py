"""Our own chart with this offer's values, as Helm renders it for Flux."""

import pytest
import yaml

from ..helm_program import run_helm

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rendered(folder, manifests):
    """The objects of the release, by kind."""
    chart = folder / "gitops/charts/mojaloop-azure"
    values = folder / "gateway-values.yaml"
    values.write_text(manifests.named("ConfigMap")["moja-azure-values"]["data"]["values.yaml"])
    run_helm("lint", str(chart), "--strict", "--values", str(values))
    text = run_helm("template", "moja-azure", str(chart), "--namespace", "mojaloop", "--values", str(values))
    return {one["kind"]: one for one in yaml.safe_load_all(text)}


def test_that_the_chart_brings_the_gateway_and_nothing_else(rendered):
    """The operator makes the users of the databases, and no managed Prometheus is asked to look around."""
    assert set(rendered) == {"ConfigMap", "Deployment", "Service", "PodDisruptionBudget"}


def test_that_participants_reach_it_over_tls_alone(rendered):
    assert rendered["Service"]["spec"]["type"] == "LoadBalancer"
    assert "annotations" not in rendered["Service"]["metadata"], "nothing of Azure's own load balancers"
    assert rendered["Service"]["spec"]["ports"] == [{"name": "https", "port": 443, "targetPort": "https"}]
    configuration = rendered["ConfigMap"]["data"]["nginx.conf"]
    assert "ssl_verify_client on;" in configuration
    assert "_ledger" not in configuration


def test_that_the_network_policy_means_its_pods(rendered, manifests):
    labels = rendered["Deployment"]["spec"]["template"]["metadata"]["labels"]
    policy = manifests.named("NetworkPolicy")["participants-at-the-gateway"]
    assert policy["spec"]["podSelector"]["matchLabels"].items() <= labels.items()


def test_that_it_mounts_what_the_manifests_make(rendered, manifests):
    volumes = {one["name"]: one for one in rendered["Deployment"]["spec"]["template"]["spec"]["volumes"]}
    assert volumes["tls"]["secret"]["secretName"] in manifests.named("Certificate")
    assert volumes["authorities"]["configMap"]["name"] in manifests.named("ConfigMap")


@pytest.mark.parametrize("version", ["1.29.0", "1.34.0"])
def test_that_kubernetes_takes_it(rendered, version):
    kubernetes = pytest.importorskip("kubernetes_validate", reason="objects are validated by kubernetes-validate")
    for thing in rendered.values():
        kubernetes.validate(thing, version, strict=True)
