"""How names are compared where case does not count, as .NET's OrdinalIgnoreCase does it."""


def folded(name: str) -> str:
    """The form in which names are compared without regard to case: letter by letter, ASCII among itself only."""
    if name.isascii():
        return name.upper()
    return "".join(_folded_letter(letter) for letter in name)


def _folded_letter(letter: str) -> str:
    upper = letter.upper()
    return upper if len(upper) == 1 and upper.isascii() == letter.isascii() else letter
