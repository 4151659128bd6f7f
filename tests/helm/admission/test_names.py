"""Which names, keys and values of labels Kubernetes takes."""

import pytest

from packager.helm.admission.names import is_label, is_qualified, is_subdomain


@pytest.mark.parametrize(
    ("name", "label", "subdomain", "qualified"),
    [
        ("web", True, True, True),
        ("web.example", False, True, True),
        ("Web_x.y", False, False, True),
        ("example.com/Web", False, False, True),
        ("example..com/web", False, False, False),
        ("a/b/c", False, False, False),
        ("/web", False, False, False),
        ("web-", False, False, False),
        ("", False, False, False),
        ("a" * 64, False, True, False),
        ("a" * 254, False, False, False),
    ],
)
def test_names(name, label, subdomain, qualified):
    assert (is_label(name), is_subdomain(name), is_qualified(name)) == (label, subdomain, qualified)
