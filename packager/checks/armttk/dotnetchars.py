"""The small parts of .NET's regular expressions: numbers, names, escaped characters and classes."""

from packager.checks.armttk.dotnetnames import is_property

DIGITS = frozenset("0123456789")
_OCTAL = frozenset("01234567")
_HEX = frozenset("0123456789abcdefABCDEF")
_LARGEST = 2**31 - 1
# Classes subtracted from each other; .NET has no limit and would run out of stack.
_DEEPEST_CLASS = 100


class BadRegexError(ValueError):
    """What .NET throws an ArgumentException for."""


class CharacterReader:
    """A pattern, in UTF-16 units as .NET sees it, and how far it was read."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0

    @property
    def next(self) -> str:
        """The character at the position; "" at the end."""
        return self.pattern[self.position : self.position + 1]

    def take(self) -> str:
        """The character at the position, which moves on."""
        char = self.next
        self.position += 1
        return char

    def digits_end(self, position: int) -> int:
        """Where a run of digits ends."""
        while self.pattern[position : position + 1] in DIGITS:
            position += 1
        return position

    def number(self) -> int:
        """The digits at the position as a number."""
        end = self.digits_end(self.position)
        digits = self.pattern[self.position : end].lstrip("0") or "0"
        self.position = end
        if len(digits) > 10 or int(digits) > _LARGEST:
            raise BadRegexError("a number is too large")
        return int(digits)

    def name(self) -> str:
        """The name of a group at the position; "" where there is none."""
        start = self.position
        while is_word(self.next):
            self.position += 1
        return self.pattern[start : self.position]

    def character(self) -> str:
        """A character written with an escape, after the backslash."""
        char = self.take()
        if char in "01234567":
            end = self.position
            while end < self.position + 2 and self.pattern[end : end + 1] in _OCTAL:
                end += 1
            code = int(self.pattern[self.position - 1 : end], 8) & 0xFF
            self.position = end
            return chr(code)
        if char in "xu":
            return self.hexadecimal(2 if char == "x" else 4)
        if char == "c":
            return self.control()
        if char in "abefnrtv":
            return "\a\b\x1b\f\n\r\t\v"["abefnrtv".index(char)]
        if is_word(char):
            raise BadRegexError(f"the escape '\\{char}' is unknown")
        return char

    def hexadecimal(self, digits: int) -> str:
        r"""The character of `\x41` or `\u0041`, after the letter."""
        written = self.pattern[self.position : self.position + digits]
        if len(written) < digits or not _HEX.issuperset(written):
            raise BadRegexError("a hexadecimal escape has too few digits")
        self.position += digits
        return chr(int(written, 16))

    def control(self) -> str:
        r"""The character of `\cA`, after the letter `c`."""
        char = self.take().upper()
        if not char or not "@" <= char <= "_":
            raise BadRegexError("a control character is unknown")
        return chr(ord(char) - ord("@"))

    def unicode_property(self) -> None:
        r"""The braces of `\p{...}` with a name that .NET knows."""
        end = self.pattern.find("}", self.position)
        name = self.pattern[self.position + 1 : end]
        if self.next != "{" or end < 0 or not is_property(name):
            raise BadRegexError("a Unicode property is unknown or malformed")
        self.position = end + 1

    def char_class(self, depth: int) -> None:
        """After `[`, to the closing bracket."""
        if depth > _DEEPEST_CLASS:
            raise BadRegexError("a class is nested too deeply")
        if self.next == "^":
            self.position += 1
        low: str | None = None
        is_first = True
        while self.next:
            char = self.take()
            if char == "]" and not is_first:
                return
            was_first, is_first = is_first, False
            is_escaped = char == "\\" and bool(self.next)
            if is_escaped:
                if self.next in "dDsSwWpP":
                    self.shorthand(low)
                    continue
                if self.next == "-" and low is None:
                    self.position += 1
                    continue
                char = self.character()
            low = self.member(char, low, depth, can_subtract=not was_first and not is_escaped)
        raise BadRegexError("a class is not closed")

    def shorthand(self, low: str | None) -> None:
        r"""A class such as `\d` within a class, after the backslash; `low` opens a range that it cannot close."""
        if low is not None:
            raise BadRegexError("a range in a class ends with a class")
        if self.take() in "pP":
            self.unicode_property()

    def member(self, char: str, low: str | None, depth: int, *, can_subtract: bool) -> str | None:
        """A character of a class, given the low end of a range before it; returns the low end of a range after it."""
        if low is not None:
            if char == "[" and can_subtract:
                self.subtraction(depth)
            elif low > char:
                raise BadRegexError("a range in a class is reversed")
            return None
        if self.next == "-" and self.pattern[self.position + 1 : self.position + 2] not in {"]", ""}:
            self.position += 1
            return char
        if char == "-" and can_subtract and self.next == "[":
            self.position += 1
            self.subtraction(depth)
        return None

    def subtraction(self, depth: int) -> None:
        """The class that is taken away from the one around it, `[a-z-[aeiou]]`, after its bracket."""
        self.char_class(depth + 1)
        if self.next not in {"]", ""}:
            raise BadRegexError("a subtracted class is not the last part of its class")


def is_word(char: str) -> bool:
    """Whether a character can stand in the name of a group, or must not be escaped without a meaning."""
    return char.isalnum() or char in {"_", "\u200c", "\u200d"}
