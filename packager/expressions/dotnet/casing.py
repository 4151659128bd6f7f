"""Letters, white space and lengths of texts as .NET's invariant culture has them."""

# char.IsWhiteSpace
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000"
)


def lower(text: str) -> str:
    """ToLowerInvariant: letter by letter, so that no letter becomes two."""
    return text.lower() if text.isascii() else "".join(map(_lower, text))


def upper(text: str) -> str:
    """ToUpperInvariant: letter by letter; the sharp s stays as it is."""
    return text.upper() if text.isascii() else "".join(map(_upper, text))


def _lower(letter: str) -> str:
    found = letter.lower()
    return found if len(found) == 1 and found.isascii() == letter.isascii() else letter


def _upper(letter: str) -> str:
    found = letter.upper()
    return found if len(found) == 1 and found.isascii() == letter.isascii() else letter


def units(text: str) -> int:
    """The length in UTF-16 code units, which is how .NET counts."""
    return len(text) if text.isascii() else len(text) + sum(letter > "\uffff" for letter in text)


def cut(text: str, start: int, end: int) -> str:
    """The part between two offsets in UTF-16 code units."""
    if text.isascii() or units(text) == len(text):
        return text[start:end]
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def unit_offset(text: str, offset: int) -> int:
    """An offset in code points as one in UTF-16 code units; -1 stays -1."""
    return offset if offset < 0 else units(text[:offset])
