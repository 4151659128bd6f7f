"""The Function app `dfsp-auth`: its contract with the policies, against ledgers that answer as the real one does."""

import ast
import importlib.util
import json
import pathlib
import re
import sys
import types

import pytest

from .expansion import deploy, resources
from .stub_server import serving

FUNCTIONS = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/functions"
THUMBPRINT = "A1" * 20


def load(name):
    spec = importlib.util.spec_from_file_location(name, FUNCTIONS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def participants():
    return load("participants")


def participant(name, *, active=1, proxy=0, accounts=("POSITION", "SETTLEMENT")):
    """What `GET /participants/{name}` of the ledger answers."""
    return {
        "name": name,
        "id": f"central-ledger/participants/{name}",
        "created": '"2026-01-01T00:00:00.000Z"',
        "isActive": active,
        "isProxy": proxy,
        "links": {"self": f"central-ledger/participants/{name}"},
        "accounts": [
            {"id": number, "ledgerAccountType": kind, "currency": "USD"} for number, kind in enumerate(accounts)
        ],
    }


KNOWN = {
    "payerfsp": participant("payerfsp"),
    "sleeping": participant("sleeping", active=0),
    "proxy": participant("proxy", proxy=1),
    "Hub": participant("Hub", accounts=("HUB_MULTILATERAL_SETTLEMENT", "HUB_RECONCILIATION")),
    "renamedhub": participant("renamedhub", accounts=("HUB_RECONCILIATION",)),
}
UNKNOWN = {
    "errorInformation": {"errorCode": "3200", "errorDescription": "Generic ID not found - The resource does not exist"}
}


@pytest.fixture
def ledger():
    """The ledger, which compares names as its database does: without case."""

    def answer(method, path, body):
        found = {name.lower(): value for name, value in KNOWN.items()}.get(path.rpartition("/")[2].lower())
        return (200, found) if found else (404, UNKNOWN)

    with serving(answer) as stub:
        yield stub


@pytest.mark.parametrize(
    ("name", "kind", "certificates", "strict", "status"),
    [
        ("payerfsp", "dfsp", {}, False, 200),
        ("payerfsp", "dfsp", {"payerfsp": [THUMBPRINT]}, True, 200),
        ("payerfsp", "dfsp", {"payerfsp": ["B2" * 20, THUMBPRINT.lower()]}, False, 200),
        ("payerfsp", "dfsp", {"payerfsp": [":".join(re.findall("..", THUMBPRINT))]}, False, 200),
        ("payerfsp", "dfsp", {"payerfsp": ["B2" * 20]}, False, 403),
        ("payerfsp", "dfsp", {"payeefsp": [THUMBPRINT]}, True, 403),
        ("payerfsp", "proxy", {}, False, 403),
        ("proxy", "proxy", {}, False, 200),
        ("sleeping", "dfsp", {}, False, 403),
        ("nobody", "dfsp", {}, False, 404),
        ("PayerFSP", "dfsp", {}, False, 404),
        ("Hub", "dfsp", {}, False, 404),
        ("hub", "dfsp", {}, False, 404),
        ("renamedhub", "dfsp", {}, False, 404),
        ("../settlementModels", "dfsp", {}, False, 404),
        ("", "dfsp", {}, False, 404),
        ("x" * 65, "dfsp", {}, False, 404),
        ("payerfsp\n", "dfsp", {}, False, 404),
    ],
)
def test_the_contract(participants, ledger, name, kind, certificates, strict, status):
    settings = {
        "LEDGER_URL": f"{ledger.url}/",
        "HUB_NAME": "Hub",
        "CERTIFICATES_JSON": json.dumps(certificates),
        "REQUIRE_CERTIFICATE": str(strict).lower(),
    }
    answer = participants.check(name, THUMBPRINT, kind, participants.chosen_source(settings), settings)
    assert answer.status == status
    if status == 200:
        assert answer.body == {"name": name, "isActive": True, "isProxy": name == "proxy"}


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        ((200, "no JSON"), 503),
        ((200, []), 503),
        ((200, {"name": 1}), 503),
        ((500, UNKNOWN), 503),
        ((502, "bad gateway"), 503),
        ((404, "<html>404 page</html>"), 503),
        ((404, UNKNOWN), 404),
        ((400, {"errorInformation": {"errorCode": "3200"}}), 404),
    ],
)
def test_that_a_ledger_in_trouble_lets_nobody_in(participants, reply, status):
    with serving(lambda *_: reply) as stub:
        source = participants.ledger(stub.url, "Hub")
        assert participants.check("payerfsp", THUMBPRINT, "dfsp", source, {}).status == status


def test_that_a_ledger_out_of_reach_lets_nobody_in(participants):
    with serving(lambda *_: (200, {})) as stub:
        gone = stub.url
    assert participants.check("payerfsp", THUMBPRINT, "dfsp", participants.ledger(gone, "Hub"), {}).status == 503


@pytest.mark.parametrize(
    "settings",
    [{}, {"CERTIFICATES_JSON": "{"}, {"CERTIFICATES_JSON": '{"payerfsp": "A1"}'}, {"CERTIFICATES_JSON": "[]"}],
)
def test_that_settings_which_make_no_sense_let_nobody_in(participants, ledger, settings):
    settings = settings and settings | {"LEDGER_URL": ledger.url}
    source = participants.chosen_source(settings)
    assert participants.check("payerfsp", THUMBPRINT, "dfsp", source, settings).status == 503


class Table:
    """A DB-API connection to a table `participant`."""

    rows = ((1, "Hub", 1, 0), (2, "payerfsp", 1, 0), (3, "sleeping", 0, 0), (4, "proxy", 1, 1))

    def __init__(self, asked):
        self.asked = asked

    def cursor(self):
        return self

    def execute(self, statement, arguments):
        self.asked.append((statement, arguments))
        self.found = [row for row in self.rows if row[1].lower() == arguments[0].lower()]

    def fetchone(self):
        return self.found[0] if self.found else None

    def close(self):
        pass


@pytest.mark.parametrize(
    ("name", "status"), [("payerfsp", 200), ("sleeping", 403), ("nobody", 404), ("Hub", 404), ("PAYERFSP", 404)]
)
def test_that_the_table_says_the_same(participants, name, status):
    asked = []
    source = participants.database(lambda: Table(asked))
    assert participants.check(name, THUMBPRINT, "dfsp", source, {}).status == status
    assert asked == [("SELECT participantId, name, isActive, isProxy FROM participant WHERE name = %s", (name,))]


def test_that_a_database_out_of_reach_lets_nobody_in(participants):
    def connect():
        raise OSError("no route")

    assert participants.check("payerfsp", THUMBPRINT, "dfsp", participants.database(connect), {}).status == 503


class Response:
    def __init__(self, body, status_code, mimetype):
        self.body, self.status_code, self.mimetype = body, status_code, mimetype


class App:
    """Stands in for azure.functions: keeps the routes."""

    def __init__(self, http_auth_level):
        self.routes, self.level = {}, http_auth_level

    def route(self, route, methods, auth_level=None):
        def keep(function):
            self.routes[route] = (function, methods, auth_level or self.level)
            return function

        return keep


@pytest.fixture
def app(monkeypatch, participants):
    functions = types.ModuleType("azure.functions")
    functions.AuthLevel = types.SimpleNamespace(FUNCTION="function", ANONYMOUS="anonymous")
    functions.FunctionApp, functions.HttpRequest, functions.HttpResponse = App, object, Response
    monkeypatch.setitem(sys.modules, "azure", types.ModuleType("azure"))
    monkeypatch.setitem(sys.modules, "azure.functions", functions)
    sys.modules["azure"].functions = functions
    monkeypatch.setitem(sys.modules, "participants", participants)
    return load("function_app").app


def asked(name, **parameters):
    return types.SimpleNamespace(route_params={"id": name}, params=parameters)


def test_the_routes(app):
    assert {route: (methods, level) for route, (_, methods, level) in app.routes.items()} == {
        "dfsps/{id}": (["GET"], "function"),
        "health": (["GET"], "anonymous"),
    }


@pytest.mark.parametrize(("name", "status"), [("payerfsp", 200), ("nobody", 404), ("sleeping", 403)])
def test_that_the_function_answers_in_json(app, ledger, monkeypatch, name, status):
    monkeypatch.setenv("LEDGER_URL", ledger.url)
    reply = app.routes["dfsps/{id}"][0](asked(name, thumbprint=THUMBPRINT))
    assert (reply.status_code, reply.mimetype) == (status, "application/json")
    assert json.loads(reply.body)


def test_that_the_caller_does_not_learn_what_is_broken(app, monkeypatch):
    monkeypatch.setenv("LEDGER_URL", "http://127.0.0.1:1")
    reply = app.routes["dfsps/{id}"][0](asked("payerfsp"))
    assert (reply.status_code, json.loads(reply.body)) == (503, {"error": "unavailable"})


def test_that_the_probe_is_answered(app):
    reply = app.routes["health"][0](None)
    assert (reply.status_code, json.loads(reply.body)) == (200, {"status": "OK"})


def test_that_the_standard_library_is_enough():
    """A driver of a database is imported only when somebody has chosen one and added it."""
    allowed = {"azure", "participants", "pymysql"}
    for path in FUNCTIONS.glob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                root = name.partition(".")[0]
                assert root in sys.stdlib_module_names | allowed, (path.name, name)
        top = {one.names[0].name for one in tree.body if isinstance(one, ast.Import)}
        assert "pymysql" not in top


def test_that_the_template_sets_what_the_code_reads(mojaloop):
    text = "".join(path.read_text() for path in FUNCTIONS.glob("*.py"))
    read = set(re.findall(r'settings(?:\.get\(|\[)"([A-Z_]+)"', text))
    options = {name for name in read if name.startswith("DB_")}
    text = mojaloop["standard"].text("nested/function.json")
    assert read - options == {"LEDGER_URL", "HUB_NAME", "CERTIFICATES_JSON", "REQUIRE_CERTIFICATE"}
    assert all(name in text for name in read - options)


@pytest.mark.parametrize("registered", [False, True])
def test_that_registered_certificates_outlive_a_deployment(plans, participants, registered):
    """Settings are written anew by each deployment, so the table is not one of them but in the vault."""
    [site] = resources(deploy(plans, requireRegisteredCertificates=registered), "Microsoft.Web/sites")
    settings = {one["name"]: one["value"] for one in site["properties"]["siteConfig"]["appSettings"]}
    assert settings["REQUIRE_CERTIFICATE"] == str(registered).lower()
    reference = settings["CERTIFICATES_JSON"]["$unknown"]
    assert "@Microsoft.KeyVault(SecretUri=" in reference
    assert "secrets/dfsp-certificates)" in reference
    with pytest.raises(participants.SourceUnavailable):
        participants.registered({"CERTIFICATES_JSON": "@Microsoft.KeyVault(SecretUri=https://kv/secrets/x)"})
