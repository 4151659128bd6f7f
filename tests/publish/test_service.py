"""Requests: what is retried and how long is waited, pages, and where a token never goes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.publish.failure import LostAnswerError, ServiceError, words_of
from packager.publish.pace import LONGEST, Pace, retry_after
from packager.publish.service import Service

WAITED = []
PACE = Pace(attempts=4, pause=1, timeout=2, sleep=WAITED.append)


@pytest.fixture
def server(standin, monkeypatch):
    """Answers with what is in `answers`, one after the other; notes what it was asked."""
    pytest.importorskip("requests", reason="publishing is tested with the extra `azure`")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    WAITED.clear()
    asked, answers = [], []

    def answer(http, method, path, body):
        asked.append((method, path, http.headers.get("Authorization")))
        status, value, headers = answers.pop(0)
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        http.reply(status, data, **headers)

    server = standin.Server(standin.handler(answer))
    server.asked, server.answers = asked, answers
    yield server
    server.stop()


@pytest.fixture
def service(server):
    service = Service(f"{server.url}/v1", lambda fresh: "fresh" if fresh else "token", PACE)
    yield service
    service.close()


def test_what_is_tried_again_and_how_long_is_waited(server, service):
    server.answers += [
        (503, {}, {}),
        (429, {}, {"Retry_After": "7"}),
        (429, {}, {"Retry_After": "86400"}),
        (200, {"a": 1}, {}),
    ]
    assert service.get("/x") == {"a": 1}
    assert 0.8 <= WAITED[0] <= 1.2
    assert WAITED[1:] == [7, LONGEST]


def test_there_is_an_end_to_it(server, service):
    server.answers += [(500, {"error": {"code": "Broken", "message": "all of it"}}, {})] * 4
    with pytest.raises(ServiceError, match="500 Broken: all of it, 4 times"):
        service.get("/x")
    assert len(server.asked) == 4


def test_a_post_is_not_repeated_when_its_answer_is_lost(server, service):
    for status, value in ((500, {}), (201, b'{"id": '), (408, {})):
        server.answers.append((status, value, {}))
        with pytest.raises(LostAnswerError, match="whether it was carried out is not known"):
            service.post("/x", {})
    server.answers += [(429, {}, {"Retry_After": "0"}), (201, {"id": 1}, {})]
    assert service.post("/x", {}) == {"id": 1}
    assert len(server.asked) == 5


def test_a_token_is_renewed_once(server, service):
    server.answers += [(401, {}, {}), (200, {}, {}), (401, {}, {}), (401, {"message": "no"}, {})]
    service.get("/x")
    with pytest.raises(ServiceError, match="401 no"):
        service.get("/x")
    assert [token for *_, token in server.asked] == ["Bearer token", "Bearer fresh"] * 2
    assert WAITED == []


def test_pages_are_followed_by_whatever_name(server, service):
    server.answers += [
        (200, {"value": [{"n": 1}], "nextLink": "v1/x?skip=1"}, {}),
        (200, {"value": [{"n": 2}], "@odata.nextLink": f"{server.url}/v1/x?skip=2"}, {}),
        (200, {"value": []}, {}),
    ]
    assert [one["n"] for one in service.pages("/x")] == [1, 2]
    assert [path for _, path, _ in server.asked] == ["/v1/x", "/v1/x?skip=1", "/v1/x?skip=2"]


@pytest.mark.parametrize("link", ["https://evil.test/v1/x", "http://127.0.0.1:1/v1/x"])
def test_a_token_is_not_sent_where_an_answer_points(server, service, link):
    server.answers += [(200, {"value": [], "nextLink": link}, {})]
    with pytest.raises(ServiceError, match="names an address of another host"):
        list(service.pages("/x"))
    server.answers += [(302, {}, {"Location": link})]
    with pytest.raises(ServiceError, match="302"):
        service.get("/x")
    assert len(server.asked) == 2


def test_pages_without_an_end(server, service):
    server.answers += [(200, {"value": [], "nextLink": "v1/x"}, {})]
    with pytest.raises(ServiceError, match="have no end"):
        list(service.pages("/x"))
    server.answers += [(200, ["no list"], {})]
    with pytest.raises(ServiceError, match="the answer is no list"):
        list(service.pages("/x"))


def test_a_password_of_a_netrc_file_is_not_used(server, service, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server.answers += [(200, {}, {})]
    service.get("/x")
    assert server.asked[0][2] == "Bearer token"


def test_what_is_not_there(server, service):
    server.answers += [(404, {}, {}), (404, {}, {}), (403, b"<html>", {"Request_ID": "r-1"})]
    assert service.find("/x") is None
    service.delete("/x")
    with pytest.raises(ServiceError, match=r"403 .* \(request r-1\)"):
        service.find("/x")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"error": {"code": "A", "message": "b"}}, "A: b"),
        ({"code": "A", "message": "b", "details": [{"message": "c"}, {"message": "d"}]}, "A: b: c: d"),
        ({"error": "invalid_grant"}, "invalid_grant"),
        ("  a\n b ", "a b"),
        ({}, ""),
        (None, ""),
        ({"error": {"message": "a", "details": [None]}}, "a"),
    ],
)
def test_the_words_of_a_service(body, expected):
    assert words_of(body) == expected


@given(st.text(max_size=30))
def test_a_header_that_says_nothing(text):
    found = retry_after(text)
    assert found is None or found >= 0
