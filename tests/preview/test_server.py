"""The server behind the page: who may ask, and what becomes of bad requests."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from packager.cli.main import packager
from packager.errors import UsageError
from tests.preview.package import write_package
from tests.preview.serving import Page, previewed


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = write_package(tmp_path_factory.mktemp("preview") / "acme")
    with previewed(str(folder)) as found:
        yield found


def test_the_page_and_its_parts_come_with_a_strict_policy(page: Page) -> None:
    for path in ("", "static/page.js", "static/page.css", "api/state"):
        status, headers, body = page.ask(path)
        assert (status, bool(body)) == (200, True)
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_without_the_token_there_is_nothing(page: Page) -> None:
    for path in ("/", "/api/state", "/wrong/api/state", "/static/page.js"):
        assert page.ask(path)[0] == 404


def test_another_host_or_origin_is_refused(page: Page) -> None:
    port = urlsplit(page.address).port
    assert page.ask("api/state", Host=f"localhost:{port}")[0] == 200
    assert page.ask("api/state", Host="evil.example")[0] == 421
    assert page.ask("api/state", Host="127.0.0.1:1")[0] == 421
    assert page.ask("api/answers", {"changes": []}, Origin="https://evil.example")[0] == 403
    assert page.ask("api/answers", {"changes": []}, Origin="null")[0] == 403
    assert page.ask("api/answers", {"changes": []}, Origin=f"http://127.0.0.1:{port}")[0] == 200


def test_files_outside_are_not_served(page: Page) -> None:
    for path in ("static/../session.py", "static/%2e%2e/session.py", "static/..%2fsession.py"):
        assert page.ask(path)[0] == 404
    status, _, body = page.ask("api/source?file=../../etc/passwd")
    assert (status, json.loads(body)) == (422, {"error": "there is no text '../../etc/passwd' to show"})


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("api/answers", b"{"),
        ("api/answers", b"\xff"),
        ("api/answers", {}),
        ("api/answers", {"changes": 3}),
        ("api/answers", {"changes": [{"path": "basics/none", "key": [], "value": 1}]}),
        ("api/answers", {"changes": [{"path": "scope", "key": ["none"], "value": 1}]}),
        ("api/answers", {"changes": [{"path": "steps/machines/tags", "key": [99999999, "a"], "value": 1}]}),
        ("api/answers", []),
        ("api/load", {"text": 3}),
        ("api/plan", {"plan": "none"}),
        ("api/pass", {"step": {}}),
        ("api/reset", b"[" * 200_000),
    ],
)
def test_a_bad_request_gets_a_reason(page: Page, path: str, body: object) -> None:
    status, _, answer = page.ask(path, body)
    assert status in {400, 422}
    assert json.loads(answer)["error"]
    assert page.ask("api/state")[0] == 200


def test_a_body_without_end_is_refused(page: Page) -> None:
    assert page.ask("api/answers", b"{}", **{"Content-Length": str(10**9)})[0] == 413


def test_an_answer_comes_back_as_a_model(page: Page) -> None:
    change = {"path": "steps/machines/count", "key": [], "value": 4, "confirm": False}
    status, _, body = page.ask("api/answers", {"changes": [change]})
    assert (status, json.loads(body)["outputs"]["count"]) == (200, {"value": 4})
    assert "count: 4" in page.ask("api/answers.yaml")[2].decode()
    assert json.loads(page.ask("api/parameters")[2])["parameters"]["count"] == {"value": 4}
    assert page.ask("api/reset", {})[0] == 200


def test_it_listens_on_loopback_only(page: Page) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; tells which address this machine has to others
        except OSError:
            pytest.skip("this machine has no address but loopback")
        outside = probe.getsockname()[0]
    with pytest.raises(ConnectionError), socket.create_connection((outside, urlsplit(page.address).port or 0), 5):
        pass


def test_a_change_of_the_source_is_told(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "acme")
    with previewed(str(folder)) as page:
        parts = urlsplit(page.address)
        with socket.create_connection(("127.0.0.1", int(parts.port or 0)), 20) as stream:
            stream.sendall(f"GET {parts.path}api/events HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
            received = b""
            while b": here" not in received:
                received += stream.recv(4096)
            (folder / "createUiDefinition.json").touch()
            while b"event: changed" not in received:
                received += stream.recv(4096)


def test_interrupting_it_is_no_error_of_the_program(tmp_path: Path) -> None:
    with previewed(str(write_package(tmp_path / "acme"))) as page:
        pass
    assert page.process.returncode == 130


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "acme")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} cannot be used: Address already in use"):
            packager.main(["preview", str(folder), "--port", str(port)], standalone_mode=False)


def test_what_is_no_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no portal form"):
        packager.main(["preview", str(tmp_path / "empty")], standalone_mode=False)
    assert "--screenshot" in CliRunner().invoke(packager, ["preview", "--help"]).output
