"""What amounts of resources are worth."""

from fractions import Fraction

import pytest

from packager.helm.admission.amounts import amount


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("500m", Fraction(1, 2)),
        (2, 2),
        (0.25, Fraction(1, 4)),
        ("1Gi", 1024**3),
        ("1.5k", 1500),
        ("1e3", 1000),
        ("-1", -1),
        ("${CPU}", None),
        ("1x", None),
        ("1Kie3", None),
        (True, None),
        (None, None),
    ],
)
def test_amounts(written, number):
    assert amount(written) == number
