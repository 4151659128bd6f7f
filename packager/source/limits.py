"""What a document may be at most: input is hostile until it was read."""

from typing import NamedTuple


class Limits(NamedTuple):
    """`bytes` of the file, `depth` of objects and lists in each other, `digits` of one number.

    `yaml_copies` is how many values the aliases of one YAML document may stand for in all. A text with more
    `deviations` from strict JSON than these is refused; repeated names alone are only no longer remembered.
    """

    bytes: int = 16 * 1024 * 1024
    depth: int = 512
    digits: int = 100_000
    yaml_copies: int = 100_000
    deviations: int = 100_000


LIMITS = Limits()
