"""The types of the language as bits, so that "a text or a whole number" is one number and a check one operation."""

STRING = 1
INTEGER = 2
FLOAT = 4
BOOLEAN = 8
OBJECT = 16
ARRAY = 32
NULL = 64
ANY = 127
LAMBDA = 128
UNKNOWN = 256
# What is passed on without being looked at may be unknown; everywhere else an unknown argument gives an unknown result.
VALUE = ANY | UNKNOWN

_NAMES = {
    STRING: "string",
    INTEGER: "int",
    FLOAT: "float",
    BOOLEAN: "bool",
    OBJECT: "object",
    ARRAY: "array",
    NULL: "null",
    LAMBDA: "lambda",
}


def names_of(kinds: int) -> str:
    """The types of a set as people read them: `string or int`."""
    if kinds & ANY == ANY:
        return "any"
    return " or ".join(name for bit, name in _NAMES.items() if kinds & bit)
