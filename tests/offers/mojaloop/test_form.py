"""The portal's form: answers for each size are taken and deploy; what could not work is refused where it is asked."""

import pathlib

import pytest
import yaml

from .portal import changed, fill_in

ANSWERS = yaml.safe_load(pathlib.Path(__file__).with_name("answers.yaml").read_text())
PLANS = {"evaluation": "evaluation", "dev": "standard", "standard": "standard", "production": "standard"}


@pytest.fixture(scope="module")
def packages(mojaloop, tmp_path_factory):
    """Each plan in a folder."""
    folder = tmp_path_factory.mktemp("packages")
    for plan, package in mojaloop.items():
        for name, data in package.files.items():
            path = folder / plan / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return folder


@pytest.fixture
def simulate(packages, tmp_path, capsys):
    """What the form makes of answers; with `template` also what it would deploy."""

    def simulate(size, changes=None, *, template=False):
        answers = changed(ANSWERS[size], changes or {})
        return fill_in(packages / PLANS[size], answers, tmp_path / "answers.yaml", capsys, template=template)

    return simulate


@pytest.mark.parametrize("size", PLANS)
def test_that_answers_of_each_size_deploy(simulate, size):
    found = simulate(size, template=True)
    assert found["errors"] == []
    assert found["template"]["problems"] == []
    outputs = {name: one["value"] for name, one in found["outputs"].items()}
    assert outputs.get("deploymentSize", "dev") == ("dev" if size == "evaluation" else size)
    assert outputs["location"] == "westeurope"


@pytest.mark.parametrize(
    ("size", "changes", "element"),
    [
        ("production", {"steps/messaging/backend": "inCluster"}, "steps/messaging/backend"),
        ("production", {"steps/api/sku": "Developer"}, "steps/api/sku"),
        ("production", {"steps/mojaloop/currency2": "KES"}, "steps/mojaloop/currency2"),
        ("standard", {"steps/operations/stopHour": 6}, "steps/operations/stopHour"),
        ("standard", {"steps/database/highAvailability": "SameZone"}, "steps/operations/stopHour"),
        ("production", {"steps/api/hostName": "Not a name"}, "steps/api/hostName"),
        ("dev", {"basics/namePrefix": "Moja"}, "basics/namePrefix"),
        ("dev", {"basics/hubName": "1st"}, "basics/hubName"),
        ("dev", {"steps/database/adminLogin": "root"}, "steps/database/adminLogin"),
        ("dev", {"steps/database/adminPassword": "short"}, "steps/database/adminPassword"),
        ("dev", {"steps/cluster/vnetAddressPrefix": "10.244.0.0/16"}, "steps/cluster/vnetAddressPrefix"),
        ("dev", {"steps/cluster/kubernetesVersion": "latest"}, "steps/cluster/kubernetesVersion"),
        ("dev", {"steps/api/dfspCaThumbprint": "AB:CD"}, "steps/api/dfspCaThumbprint"),
        ("dev", {"steps/api/publisherEmail": "nobody"}, "steps/api/publisherEmail"),
        ("dev", {"steps/operations/monthlyBudget": "1.5"}, "steps/operations/monthlyBudget"),
        ("standard", {"steps/messaging/hdinsightPassword": "short"}, "steps/messaging/hdinsightPassword"),
    ],
)
def test_that_what_cannot_work_is_refused_where_it_is_asked(simulate, size, changes, element):
    assert {error["element"] for error in simulate(size, changes)["errors"]} == {element}


@pytest.mark.parametrize(
    ("size", "machine", "most"),
    [("dev", "Standard_D4s_v5", None), ("standard", "Standard_D4s_v5", 6), ("production", "Standard_D8s_v5", 12)],
)
def test_that_defaults_follow_the_size(simulate, size, machine, most):
    """What the table says of the nodes is what somebody gets who changes nothing."""
    found = simulate(size, {"steps/cluster": {}})["outputs"]
    assert found["aksNodeVmSize"]["value"] == machine
    assert found.get("aksNodeMaxCount", {}).get("value") == most


def test_that_a_broker_shows_its_own_questions_only(simulate):
    shown = {
        broker: {name.rpartition("/")[2] for name in simulate("dev", {"steps/messaging/backend": broker})["visible"]}
        for broker in ("eventHubsPremium", "eventHubsStandard", "hdinsight", "inCluster")
    }
    assert [broker for broker, names in shown.items() if "hdinsightPassword" in names] == ["hdinsight"]
    assert [broker for broker, names in shown.items() if "bulk" not in names] == ["eventHubsStandard"]
    assert [broker for broker, names in shown.items() if "retentionHours" not in names] == ["inCluster"]


def test_that_bulk_transfers_need_room_for_their_topics(simulate):
    """What was ticked before the broker was changed is not handed on."""
    changes = {"steps/mojaloop/bulk": True, "steps/messaging/backend": "eventHubsStandard"}
    assert "enableBulk" not in simulate("dev", changes)["outputs"]


def test_that_the_toolkit_is_not_offered_for_production(simulate):
    found = simulate("production", {"steps/mojaloop/ttk": True, "steps/mojaloop/runTests": True})
    assert not {"enableTtk", "runTtkTests"} & set(found["outputs"])


def test_that_a_name_of_its_own_needs_a_certificate(simulate):
    found = simulate("production", {"steps/api/hostCertificate": "", "steps/api/hostCertificatePassword": ""})
    assert {error["element"] for error in found["errors"]} == {
        "steps/api/hostCertificate",
        "steps/api/hostCertificatePassword",
    }
