"""The portal's form: answers for each size are taken and deploy; what could not work is refused where it is asked."""

import pathlib
from typing import NamedTuple

import pytest
import yaml

from ..portal import changed, fill_in

ANSWERS = yaml.safe_load(pathlib.Path(__file__).with_name("answers.yaml").read_text())


@pytest.fixture
def simulate(folder, tmp_path, capsys):
    """What the form makes of answers; with `template` also what it would deploy."""

    def simulate(size, changes=None, *, template=False):
        answers = changed(ANSWERS[size], changes or {})
        return fill_in(folder, answers, tmp_path / "answers.yaml", capsys, template=template)

    return simulate


@pytest.mark.parametrize("size", ANSWERS)
def test_that_answers_of_each_size_deploy(simulate, size):
    found = simulate(size, template=True)
    assert found["errors"] == []
    assert found["template"]["problems"] == []
    outputs = {name: one["value"] for name, one in found["outputs"].items()}
    assert (outputs["deploymentSize"], outputs["location"]) == (size, "northeurope")


IP = "Write an IPv4 address, such as"
PEM = "is not a text file that begins with -----BEGIN"


class Refused(NamedTuple):
    """An answer that the form takes no more when it is changed, and what it says `at` which element."""

    size: str
    path: str
    value: str
    message: str | None
    at: str | None = None


@pytest.mark.parametrize(
    "case",
    [
        Refused("dev", "basics/namePrefix", "Moja", "Use 3 to 10 lower-case letters and digits, a letter first."),
        Refused("dev", "basics/hubName", "1st", "Use 2 to 30 letters and digits, a letter first."),
        Refused("dev", "steps/site/controlPlaneIp", "10.30.0.256", f"{IP} 10.30.0.10."),
        Refused(
            "standard",
            "steps/site/controlPlaneIp",
            "10.30.0.1",
            "Choose an address that is neither the router's nor in the pool.",
        ),
        Refused("standard", "steps/site/ipPoolEnd", "10.30.0.50", "The pool needs more than one address."),
        Refused("standard", "steps/site/ipPoolStart", "pool", f"{IP} 10.30.0.50."),
        Refused("standard", "steps/site/subnetGateway", "10.30.0", f"{IP} 10.30.0.1."),
        Refused(
            "standard",
            "steps/site/subnetPrefix",
            "10.30.0.0/30",
            "Write a network from /16 to /27, such as 10.30.0.0/24.",
        ),
        Refused(
            "standard",
            "steps/site/dnsServers",
            "dns.example.org",
            "Write one to three IPv4 addresses with commas between them.",
        ),
        Refused("standard", "steps/site/vlan", "4095", "Write a number from 0 to 4094."),
        Refused("standard", "steps/site/vmSwitchName", "", None),
        Refused("dev", "steps/site/podCidr", "8.8.0.0/16", "Write a private /16 network, such as 10.244.0.0/16."),
        Refused(
            "dev",
            "steps/cluster/sshPublicKey",
            "-----BEGIN",
            "Paste the one line of a public key file, such as id_rsa.pub.",
        ),
        Refused("dev", "steps/cluster/kubernetesVersion", "1.31", "Write a whole version such as 1.31.5, or nothing."),
        Refused(
            "dev",
            "steps/cluster/adminGroup",
            "admins",
            "Write an object id, such as 00000000-0000-0000-0000-000000000000, or nothing.",
        ),
        Refused(
            "dev",
            "steps/api/gatewayHostName",
            "Fspiop",
            "Write a host name in small letters, such as fspiop.example.org.",
        ),
        Refused(
            "dev",
            "steps/api/dfspCa",
            "MIIDWDCCAkCgAwIBAgIU",
            f"The file with the authorities' certificates {PEM} CERTIFICATE-----.",
            at="steps/api/gatewayHostName",
        ),
        Refused(
            "production",
            "steps/api/gatewayCertificate",
            "MIIDWDCC",
            f"The file with the gateway's certificate {PEM} CERTIFICATE-----.",
            at="steps/api/gatewayHostName",
        ),
        Refused(
            "production",
            "steps/api/gatewayCertificateKey",
            "MIIDWDCC",
            f"The file with the gateway's private key {PEM} PRIVATE KEY-----.",
            at="steps/api/gatewayHostName",
        ),
        Refused(
            "standard",
            "steps/delivery/gitUrl",
            "git@example.org:hub",
            "Write an address that begins with https:// and has no user or password in it.",
        ),
        Refused(
            "standard",
            "steps/delivery/gitUrl",
            "https://me:secret@example.org/hub",
            "Write an address that begins with https:// and has no user or password in it.",
        ),
        Refused(
            "standard",
            "steps/delivery/gitPath",
            "../gitops",
            "Write a path that begins with ./ , such as ./gitops, or a dot alone.",
        ),
        Refused("standard", "steps/delivery/gitToken", "", None),
    ],
)
def test_that_what_cannot_work_is_refused_where_it_is_asked(simulate, case):
    errors = simulate(case.size, {case.path: case.value})["errors"]
    assert {error["element"] for error in errors} == {case.at or case.path}
    if case.message is not None:
        assert [error["message"] for error in errors] == [case.message]


def test_that_a_network_shows_its_own_questions_only(simulate):
    new = {"vmSwitchName", "subnetPrefix", "subnetGateway", "ipPoolStart", "ipPoolEnd", "dnsServers", "vlan"}
    for size, shown in (("dev", {"logicalNetwork"}), ("standard", new)):
        visible = {name.rpartition("/")[2] for name in simulate(size)["visible"]}
        assert visible & (new | {"logicalNetwork"}) == shown


def test_that_an_address_given_before_the_network_was_changed_is_not_handed_on(simulate):
    outputs = simulate(
        "standard", {"steps/site/network": "existing", "steps/site/logicalNetwork": {"id": "/n", "name": "n"}}
    )["outputs"]
    assert not {"vmSwitchName", "subnetPrefix", "dnsServers", "ipPoolStart", "vlanId"} & set(outputs)
    assert outputs["logicalNetworkId"]["value"] == "/n"


def test_that_lists_and_numbers_are_what_the_template_wants(simulate):
    outputs = {name: one["value"] for name, one in simulate("standard")["outputs"].items()}
    assert outputs["dnsServers"] == ["10.30.0.2", "10.30.0.3"]
    assert outputs["vlanId"] == 12
    assert outputs["adminGroupObjectIds"] == ["33333333-3333-3333-3333-333333333333"]
    assert simulate("dev")["outputs"]["adminGroupObjectIds"]["value"] == []


def test_that_the_toolkit_is_not_offered_for_production(simulate):
    assert "enableTtk" not in simulate("production", {"steps/mojaloop/ttk": True})["outputs"]


def test_that_a_warning_stands_beside_backups_on_the_site(simulate):
    assert "steps/mojaloop/backupsHint" in simulate("standard")["visible"]
    assert "steps/mojaloop/backupsHint" not in simulate("dev")["visible"]
