"""The post-renderer, on Deployments with the names and the shape that the upstream chart gives them."""

import copy
import shutil
import subprocess

import pytest
import yaml

from .helm_program import run_helm

pytestmark = pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl applies the patches")

FAMILIES = {
    "central-ledger": [
        "moja-centralledger-service",
        "moja-centralledger-handler-transfer-prepare",
        "moja-centralledger-handler-transfer-position",
        "moja-centralledger-handler-transfer-get",
        "moja-centralledger-handler-transfer-fulfil",
        "moja-centralledger-handler-timeout",
        "moja-centralledger-handler-admin-transfer",
        "moja-handler-pos-batch",
        "moja-cl-handler-bulk-transfer-prepare",
    ],
    "ml-api-adapter": ["moja-ml-api-adapter-service", "moja-ml-api-adapter-handler-notification"],
    "quoting-service": ["moja-quoting-service", "moja-quoting-service-handler"],
    "central-settlement": [
        "moja-centralsettlement-service",
        "moja-centralsettlement-handler-deferredsettlement",
        "moja-centralsettlement-handler-rules",
    ],
    "bulk-api-adapter": ["moja-bulk-api-adapter-service", "moja-bulk-api-adapter-handler-notification"],
}
OTHERS = [
    "moja-account-lookup-service",
    "moja-als-msisdn-oracle",
    "moja-simulator",
    "moja-transaction-requests-service",
]
PATIENT = {
    "moja-quoting-service-handler",
    "moja-centralledger-handler-transfer-prepare",
    "moja-centralledger-handler-transfer-position",
    "moja-centralledger-handler-transfer-fulfil",
    "moja-handler-pos-batch",
    "moja-ml-api-adapter-handler-notification",
}


def deployment(name, *, release="moja", waits=("wait-for-kafka", "wait-for-mysql")):
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": "mojaloop", "labels": {"app.kubernetes.io/instance": release}},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app.kubernetes.io/name": name}},
            "template": {
                "metadata": {"labels": {"app.kubernetes.io/name": name}},
                "spec": {
                    "initContainers": [{"name": wait, "image": f"{wait}:1", "command": ["sh"]} for wait in waits],
                    "containers": [
                        {
                            "name": name.removeprefix("moja-"),
                            "image": "mojaloop/some:1",
                            "env": [{"name": "LOG_LEVEL", "value": "info"}],
                            "livenessProbe": {"httpGet": {"path": "/health", "port": 3001}, "failureThreshold": 3},
                        },
                        {"name": "sidecar", "image": "mojaloop/sidecar:1"},
                    ],
                },
            },
        },
    }


def patched(original, family):
    """What the post-renderer is to make of a Deployment, and nothing besides."""
    expected = copy.deepcopy(original)
    spec = expected["spec"]["template"]["spec"]
    spec["initContainers"] = [wait for wait in spec["initContainers"] if wait["name"] != "wait-for-kafka"]
    if family:
        spec["containers"][0]["envFrom"] = [{"secretRef": {"name": f"mojaloop-kafka-{family}"}}]
    if expected["metadata"]["name"] in PATIENT:
        spec["containers"][0]["livenessProbe"]["failureThreshold"] = 8
    return expected


@pytest.fixture(scope="module")
def plugin(tmp_path_factory, mojaloop):
    """The plugin's folder as install.sh makes it."""
    folder = tmp_path_factory.mktemp("plugins") / "mojaloop-env"
    folder.mkdir()
    package = mojaloop["standard"]
    for name in ("plugin.yaml", "post-render.sh"):
        (folder / name).write_bytes(package.files[f"post-render/{name}"])
    (folder / "kustomization.yaml").write_bytes(package.files["post-render/kustomization-sasl.yaml"])
    (folder / "post-render.sh").chmod(0o755)
    return folder


def post_render(plugin, manifests):
    done = subprocess.run(
        [str(plugin / "post-render.sh")],
        input=yaml.safe_dump_all(manifests),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {manifest["metadata"]["name"]: manifest for manifest in yaml.safe_load_all(done.stdout)}


def test_that_deployments_are_patched_and_nothing_else_changes(plugin):
    family_of = {name: family for family, names in FAMILIES.items() for name in names} | dict.fromkeys(OTHERS)
    originals = [deployment(name) for name in family_of]
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "moja"}, "spec": {"ports": [{"port": 80}]}}
    result = post_render(plugin, [*originals, service])
    assert result == {
        **{
            original["metadata"]["name"]: patched(original, family_of[original["metadata"]["name"]])
            for original in originals
        },
        "moja": service,
    }


def test_that_a_deployment_without_the_init_container_stays(plugin):
    original = deployment("moja-simulator", waits=["wait-for-mysql"])
    assert post_render(plugin, [original]) == {"moja-simulator": original}


def test_that_other_releases_keep_their_init_container(plugin):
    original = deployment("other", release="another")
    assert post_render(plugin, [original]) == {"other": original}


def test_that_a_plain_broker_is_waited_for_and_gets_no_secrets(plugin, tmp_path, mojaloop):
    folder = tmp_path / "plain"
    shutil.copytree(plugin, folder)
    (folder / "kustomization.yaml").write_bytes(mojaloop["standard"].files["post-render/kustomization-plaintext.yaml"])
    original = deployment("moja-handler-pos-batch")
    expected = copy.deepcopy(original)
    expected["spec"]["template"]["spec"]["containers"][0]["livenessProbe"]["failureThreshold"] = 8
    assert post_render(folder, [original]) == {"moja-handler-pos-batch": expected}


def test_that_a_registry_of_copies_has_every_image(plugin, monkeypatch):
    """Under the name that the image has behind its own registry."""
    monkeypatch.setenv("IMAGE_REGISTRY", "copies.azurecr.io/mojaloop")
    original = deployment("moja-simulator", waits=["docker.io/library/mysql"])
    found = post_render(plugin, [original])["moja-simulator"]["spec"]["template"]["spec"]
    images = [one["image"] for one in [*found["initContainers"], *found["containers"]]]
    assert images == [
        "copies.azurecr.io/mojaloop/library/mysql:1",
        "copies.azurecr.io/mojaloop/mojaloop/some:1",
        "copies.azurecr.io/mojaloop/mojaloop/sidecar:1",
    ]


def test_that_nothing_rendered_is_an_error(plugin):
    done = subprocess.run([str(plugin / "post-render.sh")], input="\n", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "post-render: Helm rendered nothing; there is nothing to patch\n"


@pytest.mark.slow
def test_that_helm_runs_the_plugin(plugin, tmp_path):
    chart = tmp_path / "mojaloop"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: mojaloop\nversion: 17.2.0\n")
    original = deployment("moja-handler-pos-batch")
    (chart / "templates" / "deployment.yaml").write_text(yaml.safe_dump(original))
    text = run_helm("template", "moja", str(chart), "--post-renderer", "mojaloop-env", plugins=plugin.parent)
    assert yaml.safe_load(text) == patched(original, "central-ledger")


@pytest.mark.slow
def test_that_the_users_are_made_before_anything_else(azure_chart):
    assert set(azure_chart) == {
        ("ConfigMap", "ama-metrics-settings-configmap"),
        *((kind, "moja-azure-gateway") for kind in ("ConfigMap", "Deployment", "PodDisruptionBudget", "Service")),
        *((kind, "moja-azure-database-users") for kind in ("ConfigMap", "Job")),
    }
    weights = {}
    for (kind, name), manifest in azure_chart.items():
        if name != "moja-azure-database-users":
            continue
        annotations = manifest["metadata"]["annotations"]
        assert annotations["helm.sh/hook"] == "pre-install,pre-upgrade"
        weights[kind] = int(annotations["helm.sh/hook-weight"])
    assert weights["ConfigMap"] < weights["Job"]
    assert azure_chart["ConfigMap", "moja-azure-database-users"]["data"]["list"].splitlines() == [
        "central_ledger central_ledger mysql-password",
        "account_lookup account_lookup mysql-als-password",
        "oracle_msisdn oracle_msisdn mysql-oracle-password",
        "auth_svc auth_svc mysql-auth-password",
        "consent_oracle consent_oracle mysql-consent-password",
        "dfsp_auth central_ledger mysql-dfsp-auth-password participant",
    ]


@pytest.mark.slow
def test_that_the_job_is_confined(azure_chart):
    spec = azure_chart["Job", "moja-azure-database-users"]["spec"]["template"]["spec"]
    [container] = spec["containers"]
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]) == {"requests", "limits"}
    assert ":" in container["image"]
    assert not container["image"].endswith(":latest")
    given = {variable["name"]: variable.get("value") for variable in container["env"]}
    assert given == {"HOME": "/tmp", "MYSQL_HOST": "mysql.example", "MYSQL_ADMIN": "mojaadmin", "MYSQL_PWD": None}


@pytest.mark.slow
def test_that_the_gateway_has_one_address_inside_the_network(azure_chart):
    service = azure_chart["Service", "moja-azure-gateway"]
    assert service["metadata"]["annotations"] == {
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        "service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.20.3.233",
    }
    assert service["spec"]["ports"] == [{"name": "http", "port": 80, "targetPort": "http"}]
    [container] = azure_chart["Deployment", "moja-azure-gateway"]["spec"]["template"]["spec"]["containers"]
    assert {"readinessProbe", "livenessProbe", "resources"} <= set(container)
    assert not container["image"].endswith(":latest")
    services = [manifest for (kind, _), manifest in azure_chart.items() if kind == "Service"]
    assert services == [service], "nothing else of the chart can be reached"


@pytest.mark.slow
@pytest.mark.parametrize("version", ["1.29.0", "1.34.0"])
def test_that_kubernetes_takes_what_the_chart_makes(azure_chart, version):
    kubernetes = pytest.importorskip("kubernetes_validate", reason="objects are validated by kubernetes-validate")
    for manifest in azure_chart.values():
        kubernetes.validate(manifest, version, strict=True)
