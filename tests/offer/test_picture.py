"""Sizes of PNG files, read from their headers."""

from hypothesis import given
from hypothesis import strategies as st

from packager.offer.picture import SIGNATURE, png_size
from packager.scaffold.listing import plain_png


def test_sizes():
    assert png_size(plain_png(216, 90)) == (216, 90)
    assert str(png_size(plain_png(1, 2))) == "1x2"
    assert png_size(plain_png(1, 1)[:23]) is None
    assert png_size(SIGNATURE + b"\0\0\0\x0dIHDR" + bytes(8)) is None


@given(st.binary(max_size=40))
def test_anything_else_is_no_picture(data):
    assert png_size(data) is None
