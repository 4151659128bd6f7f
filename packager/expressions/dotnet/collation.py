"""The order of texts in .NET's invariant culture: letters before case, lower case before upper case.

The order of signs is that of the root collation of CLDR; scripts beyond Latin are ordered by code point.
"""

import unicodedata

_SIGNS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_WEIGHTS = {sign: weight for weight, sign in enumerate("\t\n\v\f\r " + _SIGNS, start=1)}
_DIGITS = 100
_LETTERS = 200
_OTHERS = 1000

Key = tuple[list[int], list[int], list[bool]]


def collation_key(text: str) -> Key:
    """A key that sorts as the invariant culture compares: by letter, then by accent, then by case."""
    letters: list[int] = []
    accents: list[int] = []
    cases: list[bool] = []
    for letter in text if text.isascii() else unicodedata.normalize("NFD", text):
        if unicodedata.combining(letter):
            accents.append(ord(letter))
            continue
        weight = _weight(letter)
        if weight:
            letters.append(weight)
            accents.append(0)
            cases.append(letter.isupper())
    return letters, accents, cases


def _weight(letter: str) -> int:
    """0 for control characters, which do not count."""
    if letter in _WEIGHTS:
        return _WEIGHTS[letter]
    if letter < " " or letter == "\x7f":
        return 0
    if "0" <= letter <= "9":
        return _DIGITS + ord(letter) - ord("0")
    folded = letter.lower()
    if "a" <= folded <= "z":
        return _LETTERS + ord(folded) - ord("a")
    return _OTHERS + ord(folded[0])
