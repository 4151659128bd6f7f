"""Label selectors choose as Kubernetes lets them."""

import pytest

from packager.helm.selectors import selects, unmatched

LABELS = {"app": "web", "tier": "front"}


@pytest.mark.parametrize(
    ("selector", "fits"),
    [
        ({}, True),
        ({"matchLabels": {"app": "web"}}, True),
        ({"matchLabels": {"app": "web", "tier": "back"}}, False),
        ({"matchLabels": {"other": "web"}}, False),
        ({"matchLabels": None}, True),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["web", "api"]}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["api"]}]}, False),
        ({"matchExpressions": [{"key": "other", "operator": "In", "values": ["api"]}]}, False),
        ({"matchExpressions": [{"key": "other", "operator": "NotIn", "values": ["api"]}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]}, False),
        ({"matchExpressions": [{"key": "tier", "operator": "Exists"}]}, True),
        ({"matchExpressions": [{"key": "other", "operator": "Exists"}]}, False),
        ({"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}, False),
        ({"matchExpressions": [{"key": "tier", "operator": "Unheard"}, 7, {"key": 1}, {"operator": []}]}, True),
        ({"matchExpressions": {"key": "tier"}}, True),
    ],
)
def test_which_labels_fit(selector, fits):
    assert selects(selector, LABELS) is fits


def test_what_is_missing_is_named():
    found = unmatched({"matchLabels": {"app": "web", "tier": "back"}}, LABELS)
    assert (found.words, found.path) == ("the label 'tier: back'", ("matchLabels", "tier"))
    found = unmatched({"matchExpressions": [{"key": "app", "operator": "In", "values": ["api"]}]}, LABELS)
    assert (found.words, found.path) == ("what 'app In [api]' asks for", ("matchExpressions", 0))
