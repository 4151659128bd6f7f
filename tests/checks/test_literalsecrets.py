"""Secrets are told by their names and by what they are."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.checks.literalsecrets import is_secret, is_secret_datum, secret_arguments, secret_lines


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
        ("connection", "Server=${HOST};Password=hunter22"),
        ("AZURE_STORAGE_KEY", "Ab3+" * 21 + "xY=="),
        ("accountPrimaryKey", "Ab3+" * 21 + "xY=="),
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
        ("url", "postgres://app:%s@db/app"),
        ("url", "postgres://app:{password}@db/app"),
        ("connection", "Server=db;Password=$(PASSWORD)"),
        ("publicKey", "Ab3+" * 21 + "xY=="),
        ("digest", "Ab3+" * 21 + "xY=="),
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


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--password=hunter22"], [(0, "password")]),
        (["serve", "--client-secret", "7Hk2-0fX"], [(2, "client-secret")]),
        (["-dsn", "postgres://app:hunter22@db/app"], [(1, "dsn")]),
        (["postgres://app:hunter22@db/app"], [(0, "")]),
        (["--password=$(PASSWORD)", "--password", "--verbose", "--token"], []),
        (["--password-file=/run/x1", "--token=/run/secrets/token1", "--eos-token=</s>"], []),
        (["--ca-secret-name=web-1-tls", "--max-tokens=4096", "--require-token=true", 7], []),
    ],
)
def test_arguments(arguments, found):
    assert list(secret_arguments(arguments)) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a=1\nspring.datasource.password=hunter22\n", ["spring.datasource.password"]),
        ("db:\n  password: 'hunter22'\n", ["password"]),
        ('{"a": 1,\n "apiToken": "t0k3n-99",\n}', ["apiToken"]),
        ("export DB_PASSWORD=hunter22", ["DB_PASSWORD"]),
        ("url = mysql://app:hunter22@db/app", ["url"]),
        ("# password=hunter22\n// password: hunter22", []),
        ("password=${DB_PASSWORD}\npassword=$1\npassword: os.environ['PW1']\npassword = get_v1()", []),
        ("password: string\npassword=<the 1 password>\npasswordFile: /run/x1\ntoken: /run/secrets/t1", []),
    ],
)
def test_lines(text, names):
    assert list(secret_lines(text)) == names
