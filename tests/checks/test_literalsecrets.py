"""Secrets are told by their names and by what they are."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.checks.literalsecrets import is_secret, is_secret_datum


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("password", "abc"),
        ("DB_PASSWORD", "hunter22"),
        ("mysql-root-password", "root"),
        ("password", 1234567),
        ("apiKey", "9b2f6c01"),
        ("API_TOKEN", "t0k3n"),
        ("clientSecret", "web-secret"),
        ("sessionSecret", "9f86d081884c7d659a2feaa0c55ad015"),
        ("secret", "Hk2/0f+"),
        ("privateKey", "-----BEGIN PRIVATE KEY-----"),
        ("anything", "postgres://app:hunter22@db/app"),
        ("connectionString", "Server=db;Password=hunter22;"),
        ("connection", "AccountName=a;AccountKey=abcd=="),
    ],
)
def test_what_is_a_secret(name, value):
    assert is_secret(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("password", ""),
        ("password", "  "),
        ("password", None),
        ("password", True),
        ("password", 1),
        ("password", "true"),
        ("password", "${PASSWORD}"),
        ("password", "CHANGE_ME"),
        ("password", "/run/secrets/password"),
        ("password", {"secretKeyRef": "x"}),
        ("existingSecret", "web-database"),
        ("imagePullSecret", "registry"),
        ("secretKey", "mysql-password"),
        ("signingKey", "tls.key"),
        ("tokenTtl", "3600"),
        ("requireToken", "required"),
        ("passwordFile", "x"),
        ("usernames", "hunter22"),
        ("connectionString", "Server=db;Database=app"),
        ("url", "postgres://app@db/app"),
        ("url", "postgres://app:${PASSWORD}@db/app"),
        ("url", "https://example.com:8080/a@b"),
    ],
)
def test_what_is_none(name, value):
    assert not is_secret(name, value)


@pytest.mark.parametrize(
    ("key", "text", "secret"),
    [
        ("password", "abc", True),
        ("anything", "hunter22", True),
        ("tls.key", "-----BEGIN PRIVATE KEY-----", True),
        (".dockerconfigjson", '{"auths": {"x": {"auth": "y"}}}', True),
        ("uri", "amqp://app:hunter22@mq", True),
        ("tls.crt", "-----BEGIN CERTIFICATE-----", False),
        ("ca.crt", "x", False),
        ("bundle", "-----BEGIN CERTIFICATE-----\nMII", False),
        ("username", "admin", False),
        ("database-name", "app", False),
        ("password", "", False),
        ("password", "<password>", False),
        (".dockerconfigjson", "{}", False),
    ],
)
def test_members_of_secrets(key, text, secret):
    assert is_secret_datum(key, text, encoded=False) is secret
    assert is_secret_datum(key, base64.b64encode(text.encode()).decode(), encoded=True) is secret


def test_what_is_no_base64_is_taken_as_it_is():
    assert is_secret_datum("password", "hunter22!", encoded=True)
    assert not is_secret_datum("password", None, encoded=True)
    assert not is_secret_datum("password", {}, encoded=False)


@given(st.text(max_size=40), st.text(max_size=200) | st.integers() | st.none() | st.binary(max_size=40).map(str))
def test_everything_is_judged(name, value):
    assert is_secret(name, value) in {True, False}
    assert is_secret_datum(name, value, encoded=True) in {True, False}
