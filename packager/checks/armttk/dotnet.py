"""Whether .NET takes a text for a regular expression: its grammar, read once from left to right, nothing compiled.

arm-ttk hands the patterns of a form to .NET's `Regex`; what that refuses fails the check, whatever the portal's
JavaScript thinks of it. The grammar is that of the .NET documentation ("Regular Expression Language").
"""

from dataclasses import dataclass, field

from packager.checks.armttk.dotnetchars import DIGITS, BadRegexError, CharacterReader, is_word

_SPACE = frozenset(" \t\n\r\f\v")


def regex_problem(pattern: str) -> str | None:
    """Why .NET refuses the pattern; None when it takes it."""
    units = pattern.encode("utf-16-le", "surrogatepass")
    text = "".join(chr(units[at] | units[at + 1] << 8) for at in range(0, len(units), 2))
    captures = _Captures()
    try:
        _Reader(text, captures, counting=True).read()
        captures.settle()
        _Reader(text, captures).read()
    except BadRegexError as error:
        return str(error)
    return None


@dataclass(slots=True)
class _Captures:
    """The groups that the pattern declares: those without a name are counted apart from written numbers and names."""

    unnamed: int = 0
    numbers: set[int] = field(default_factory=lambda: {0})
    names: set[str] = field(default_factory=set)

    def settle(self) -> None:
        """Give every group its number: those without a name first, the names what is left behind them."""
        self.numbers.update(range(1, self.unnamed + 1))
        number = self.unnamed
        for _ in self.names:
            number += 1
            while number in self.numbers:
                number += 1
            self.numbers.add(number)


@dataclass(slots=True)
class _Group:
    """An open group with the options around it. `branches` counts down in a conditional group; None elsewhere."""

    options: frozenset[str]
    branches: int | None = None


class _Reader(CharacterReader):
    """One pass over the pattern; the first, `counting` one notes the groups, which references may stand before."""

    def __init__(self, pattern: str, captures: _Captures, *, counting: bool = False) -> None:
        super().__init__(pattern)
        self.captures = captures
        self.counting = counting
        self.options: frozenset[str] = frozenset()
        self.groups: list[_Group] = []
        self.is_condition = False

    def read(self) -> None:
        """Every element of the pattern with its quantifiers."""
        quantifiable = False
        while True:
            self.skip_blanks()
            char = self.next
            if not char:
                break
            if self.at_quantifier():
                if not quantifiable:
                    raise BadRegexError(f"quantifier '{char}' follows nothing")
                self.quantifier()
                quantifiable = False
            else:
                self.position += 1
                quantifiable = self.element(char)
        if self.groups:
            raise BadRegexError("a group is not closed")

    def element(self, char: str) -> bool:
        """Read on after the first character of an element; whether a quantifier may follow."""
        if char == "(":
            self.open_group()
            return False
        if char == ")":
            return self.close_group()
        if char == "|":
            self.branch()
            return False
        if char == "[":
            self.char_class(0)
        elif char == "\\":
            self.escape()
        return True

    def branch(self) -> None:
        group = self.groups[-1] if self.groups else None
        if group is not None and group.branches is not None:
            group.branches -= 1
            if group.branches < 0:
                raise BadRegexError("a conditional group has too many '|'")

    def close_group(self) -> bool:
        if not self.groups:
            raise BadRegexError("there is a ')' too many")
        self.options = self.groups.pop().options
        return True

    def skip_blanks(self) -> None:
        """Comments, and with option `x` also white space."""
        spaced = "x" in self.options
        while True:
            if spaced and self.next in _SPACE and self.next:
                self.position += 1
            elif spaced and self.next == "#":
                end = self.pattern.find("\n", self.position)
                self.position = len(self.pattern) if end < 0 else end
            elif self.pattern.startswith("(?#", self.position):
                end = self.pattern.find(")", self.position)
                if end < 0:
                    raise BadRegexError("a comment is not closed")
                self.position = end + 1
            else:
                return

    def at_quantifier(self) -> bool:
        """Whether a quantifier starts here; a brace without a count is an ordinary character."""
        if self.next != "{":
            return self.next in {"*", "+", "?"}
        start = self.position + 1
        end = self.digits_end(start)
        if end == start:
            return False
        if self.pattern[end : end + 1] == ",":
            end = self.digits_end(end + 1)
        return self.pattern[end : end + 1] == "}"

    def quantifier(self) -> None:
        if self.take() == "{":
            least = self.number()
            most: int | None = least
            if self.take() == ",":
                most = self.number() if self.next != "}" else None
                self.position += 1
            if most is not None and most < least:
                raise BadRegexError("a quantifier's range is reversed")
        self.skip_blanks()
        if self.next == "?":
            self.position += 1

    def open_group(self) -> None:
        """After `(`: an ordinary group, a named one, an assertion, a condition, or options."""
        around = self.options
        is_condition, self.is_condition = self.is_condition, False
        if self.next != "?" or self.pattern.startswith("?)", self.position):
            if self.counting and "n" not in around and not is_condition:
                self.captures.unnamed += 1
            self.groups.append(_Group(around))
            return
        self.position += 1
        char = self.take()
        branches = None
        if char in {"<", "'"}:
            self.named(char)
        elif char == "(":
            branches = self.condition()
        elif char not in {":", "=", "!", ">"}:
            self.position -= 1
            self.read_options()
            char = self.take()
            if char == ")":
                return
            if char != ":":
                raise _unknown_group()
        self.groups.append(_Group(around, branches))

    def read_options(self) -> None:
        is_off = False
        while self.next and self.next in "+-imnsxIMNSX":
            char = self.take().lower()
            if char in "+-":
                is_off = char == "-"
            else:
                self.options = self.options - {char} if is_off else self.options | {char}

    def named(self, opening: str) -> None:
        """After `(?<` or `(?'`: look-behind, `name`, `name-other` or `-other`."""
        close = ">" if opening == "<" else "'"
        if opening == "<" and self.next in {"=", "!"}:
            self.position += 1
            return
        known = False
        if self.next != "-":
            self.declare()
            known = True
            if self.next not in {close, "-", ""}:
                raise BadRegexError("the name of a group is invalid")
        if self.next == "-":
            self.position += 1
            self.refer()
            known = True
        if not known or self.take() != close:
            raise _unknown_group()

    def declare(self) -> None:
        if not is_word(self.next):
            raise BadRegexError("the name of a group is invalid")
        if not self.next.isascii() or not self.next.isdigit():
            name = self.name()
            self.captures.names.add(name)
            return
        number = self.number()
        if number == 0:
            raise BadRegexError("a group cannot have the number 0")
        self.captures.numbers.add(number)

    def refer(self) -> None:
        """A reference to a group, by number or name, that must exist."""
        if self.next in DIGITS and self.next:
            self.require_number(self.number())
        elif is_word(self.next):
            self.require_name(self.name())
        else:
            raise BadRegexError("the name of a group is invalid")

    def require_number(self, number: int) -> None:
        if not self.counting and number not in self.captures.numbers:
            raise BadRegexError(f"there is no group {number}")

    def require_name(self, name: str) -> None:
        if not self.counting and name not in self.captures.names:
            raise BadRegexError(f"there is no group '{name}'")

    def condition(self) -> int:
        """After `(?(`: the number or name of a group, or an expression. Returns how many `|` may follow."""
        start = self.position
        if self.next in DIGITS and self.next:
            number = self.number()
            if self.take() != ")":
                raise BadRegexError("the condition of a group is malformed")
            self.require_number(number)
            return 1
        if is_word(self.next):
            name = self.name()
            if name in self.captures.names and self.next == ")":
                self.position += 1
                return 1
        self.position = start - 1
        if self.pattern.startswith(("(?#", "(?'"), self.position) or (
            self.pattern.startswith("(?<", self.position) and self.pattern[start + 2 : start + 3] not in {"!", "=", ""}
        ):
            raise BadRegexError("the condition of a group has a name or a comment")
        self.is_condition = True
        return 1

    def escape(self) -> None:
        """After a backslash outside a class."""
        char = self.next
        if not char:
            raise BadRegexError("the pattern ends with a backslash")
        if char in "bBAGZzwWsSdD":
            self.position += 1
        elif char in "pP":
            self.position += 1
            self.unicode_property()
        else:
            self.reference_or_character()

    def reference_or_character(self) -> None:
        start = self.position
        char = self.take()
        if char in {"k", "<", "'"}:
            opening = self.take() if char == "k" else char
            if opening not in {"<", "'"}:
                raise BadRegexError("a reference to a group is malformed")
            if self.next and is_word(self.next) and self.closed_reference(">" if opening == "<" else "'"):
                return
        elif char in "123456789":
            self.position = start
            number = self.number()
            if number in self.captures.numbers:
                return
            if number <= 9:
                self.require_number(number)
                return
        self.position = start
        self.character()

    def closed_reference(self, close: str) -> bool:
        start = self.position
        is_number = self.next.isascii() and self.next.isdigit()
        named = str(self.number()) if is_number else self.name()
        if self.take() != close:
            self.position = start
            return False
        if is_number:
            self.require_number(int(named))
        else:
            self.require_name(named)
        return True


def _unknown_group() -> BadRegexError:
    return BadRegexError("a group begins with what .NET does not know")
