"""References to images are read as container runtimes read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.helm.images import Image, parse_image

DIGEST = "sha256:" + "0a" * 32


@pytest.mark.parametrize(
    ("text", "registry", "repository", "tag", "digest"),
    [
        ("nginx", None, "nginx", None, None),
        ("nginx:1.29", None, "nginx", "1.29", None),
        ("acme/web", None, "acme/web", None, None),
        ("localhost/web:1", "localhost", "web", "1", None),
        ("localhost:5000/web", "localhost:5000", "web", None, None),
        ("acme.azurecr.io/a/b/c:v1", "acme.azurecr.io", "a/b/c", "v1", None),
        ("MyHost/web", "MyHost", "web", None, None),
        ("[::1]:5000/web:1", "[::1]:5000", "web", "1", None),
        (f"nginx@{DIGEST}", None, "nginx", None, DIGEST),
        (f"ghcr.io/a/b:1.2@{DIGEST}", "ghcr.io", "a/b", "1.2", DIGEST),
        ("a__b/c-d--e.f_g:x", None, "a__b/c-d--e.f_g", "x", None),
    ],
)
def test_the_parts_of_a_reference(text, registry, repository, tag, digest):
    assert parse_image(text) == Image(registry, repository, tag, digest)
    assert str(parse_image(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", " nginx", "Nginx", "a/B", "nginx:", "nginx:-1", "nginx@sha256:12", "a//b", "/a", "a/", "-a", "a:1:2"),
        *("${REGISTRY}/web", "{{ .Values.image }}", "https://acme.io/web", "a" * 2000, "nginx:" + "1" * 129),
    ],
)
def test_what_no_runtime_takes_for_a_reference(text):
    assert parse_image(text) is None


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("nginx", "docker.io/library/nginx:latest"),
        ("docker.io/nginx:1", "docker.io/library/nginx:1"),
        ("acme/web:1", "docker.io/acme/web:1"),
        ("ghcr.io/web", "ghcr.io/web:latest"),
        (f"nginx@{DIGEST}", f"docker.io/library/nginx@{DIGEST}"),
    ],
)
def test_the_full_name(text, full):
    assert parse_image(text).full_name() == full


@pytest.mark.parametrize(
    ("text", "fixed"),
    [("a", False), ("a:latest", False), ("a:1", True), (f"a:latest@{DIGEST}", True), ("a:latest-1", True)],
)
def test_whether_a_version_is_named(text, fixed):
    assert parse_image(text).is_fixed is fixed


STEP = st.from_regex(r"[a-z0-9]{1,8}([._-][a-z0-9]{1,8}){0,2}", fullmatch=True)
HOST = st.from_regex(r"[a-z0-9]{1,6}\.[a-z]{2,5}(:[0-9]{2,5})?|localhost(:[0-9]{2,4})?", fullmatch=True)
TAG = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,12}", fullmatch=True)
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(st.none() | HOST, st.lists(STEP, min_size=1, max_size=3), st.none() | TAG, st.none() | HEX)
def test_what_is_written_is_read_again(host, steps, tag, digest):
    repository = "/".join(steps)
    image = Image(host, repository, tag, f"sha256:{digest}" if digest else None)
    again = parse_image(str(image))
    assert str(again) == str(image)
    if host is not None:
        assert again == image
    assert parse_image(image.full_name()) is not None


@given(st.text(max_size=60) | st.text("a-._/:@", max_size=200))
def test_no_text_breaks_the_parser(text):
    image = parse_image(text)
    assert image is None or str(image) == text
