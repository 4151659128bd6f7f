"""Names and ids made from texts: hashes that Azure computes in the same way everywhere."""

from packager.expressions.function import function
from packager.expressions.kinds import STRING

_MASK = 0xFFFFFFFF
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_NAMESPACE = bytes.fromhex("11fb06fb712d4ddd98c7e71bbd588830")


@function(
    STRING,
    STRING,
    gives=STRING,
    required=1,
    example="guid('foo', 'bar', 'baz')",
    result="2ed86837-7c7c-5eaa-9864-dd077fd19b0d",
)
def guid(base_string: str, *more: str) -> str:
    """An id made of texts: the same texts give the same id (RFC 4122, version 5)."""
    # hashlib costs a millisecond of start-up that only the templates with ids pay.
    import hashlib

    name = "-".join((base_string, *more)).encode("utf-8", "replace")
    digest = bytearray(hashlib.sha1(_NAMESPACE + name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return dashed(digest.hex())


@function(STRING, STRING, gives=STRING, required=1, example="uniqueString('hello', 'world')", result="a7wkljktk6wne")
def unique_string(base_string: str, *more: str) -> str:
    """Thirteen letters and digits made of texts: the same texts give the same result."""
    value = hash_of("-".join((base_string, *more)).encode("utf-8", "replace"))
    letters = []
    for _ in range(13):
        letters.append(_ALPHABET[value >> 59])
        value = value << 5 & 0xFFFFFFFFFFFFFFFF
    return "".join(letters)


def dashed(digits: str) -> str:
    """32 hexadecimal digits in the groups of an id."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def hash_of(data: bytes) -> int:
    """The 64-bit hash behind uniqueString: two lanes of 32 bits, in the manner of MurmurHash."""
    first = second = 0
    whole = len(data) & ~7
    for start in range(0, whole, 8):
        block = int.from_bytes(data[start : start + 8], "little")
        first ^= _rotate((block & _MASK) * 0x239B961B, 15) * 0xAB0E9789 & _MASK
        first = ((_rotate(first, 19) + second) * 5 + 0x561CCD1B) & _MASK
        second ^= _rotate((block >> 32) * 0xAB0E9789, 17) * 0x239B961B & _MASK
        second = ((_rotate(second, 13) + first) * 5 + 0x0BCAA747) & _MASK
    tail = data[whole:]
    if tail:
        first ^= _rotate(int.from_bytes(tail[:4], "little") * 0x239B961B, 15) * 0xAB0E9789 & _MASK
    if len(tail) > 4:
        second ^= _rotate(int.from_bytes(tail[4:], "little") * 0xAB0E9789, 17) * 0x239B961B & _MASK
    return _finished(first ^ len(data), second ^ len(data))


def _finished(first: int, second: int) -> int:
    first = first + second & _MASK
    second = second + first & _MASK
    first, second = _mixed(first), _mixed(second)
    first = first + second & _MASK
    second = second + first & _MASK
    return second << 32 | first


def _mixed(lane: int) -> int:
    lane ^= lane >> 16
    lane = lane * 0x85EBCA6B & _MASK
    lane ^= lane >> 13
    lane = lane * 0xC2B2AE35 & _MASK
    return lane ^ lane >> 16


def _rotate(value: int, bits: int) -> int:
    value &= _MASK
    return (value << bits | value >> 32 - bits) & _MASK
