"""Policies of API Management: XML, in which attributes and texts can hold C# in `@(...)` or `@{...}`.

The service takes two formats. In `xml` the expressions are escaped like any text; in `rawxml` they stand as they are,
with quotes and `<` in them, so that the whole is no XML before they are taken out.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from packager.code.csharp import Unbalanced, end_of
from packager.code.xmltext import NOT_WELL_FORMED, Element, Problem, Unescaped, elements_of, unescaped
from packager.source.lazy import lazy_pattern

Format = Literal["xml", "rawxml"]

MOST_CHARACTERS = 1 << 20
SECTIONS = ("inbound", "backend", "outbound", "on-error")
_OPENERS = ("@(", "@{")
_NOTHING = "closes nothing: the expression ends before it"
_MOST_COMMENTS = 100  # in front of the outermost element
# Where a raw expression ends at the latest, if it were right: at the end of its attribute, or of its element.
_LATEST = {
    '"': lazy_pattern(r"\"\s*(?:/?>|[\w-]+\s*=)"),
    "'": lazy_pattern(r"'\s*(?:/?>|[\w-]+\s*=)"),
    "<": lazy_pattern(r"</|\]\]>"),
}
_BLANK = lazy_pattern(r"\s*")
_NAME = lazy_pattern(r"<(?P<name>[\w-]{1,100})")
_ATTRIBUTE = lazy_pattern(r"\s*(?P<name>[^\s=<>/\"']{1,200})\s*=\s*(?P<quote>[\"'])")
_NAMED = lazy_pattern(r"\{\{(?P<name>[^{}]{0,300})\}\}")


class Value(NamedTuple):
    """The value of an attribute, or the text between two tags, at `start` to `end`; `end` of `expression` is known."""

    start: int
    end: int
    is_attribute: bool
    expression: int | None = None


def root_of(text: str) -> str | None:
    """The name of the outermost element of a text that looks like XML."""
    position = _blank_end(text, text.startswith("\ufeff"))
    for opener, closer in (("<?", "?>"), *[("<!--", "-->")] * _MOST_COMMENTS):
        if text.startswith(opener, position):
            position = _blank_end(text, _behind(text, closer, position))
    found = _NAME.match(text, position)
    return found["name"] if found is not None else None


def problems(text: str, written: Format | None, root: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with a policy. Without a format, a policy that fits one of the two is right.

    So it is with `rawxml`, too: expressions that are escaped all the same are not refused here.
    `root` is the outermost element that it has to have. Only well-formed XML is looked into.
    """
    if written == "xml":
        return tuple(_problems(text, written, root))
    escaped, raw = (tuple(_problems(text, one, root)) for one in get_args(Format))
    if not escaped or not raw:
        return ()
    is_raw = written == "rawxml" or any(one.kind == NOT_WELL_FORMED for one in escaped)
    return raw if is_raw else escaped


def _problems(text: str, written: Format, root: str | None) -> Iterator[Problem]:
    values, refused = _values(text, raw=written == "rawxml")
    plain = _masked(text, values)
    elements, broken = elements_of(plain)
    if refused is not None and (broken is None or broken.offset >= refused.offset):
        yield refused
        return
    if broken is not None:
        yield broken
        return
    yield from _misplaced(elements, root)
    for value in values:
        yield from _in_value(text, value)


def _misplaced(elements: list[Element], root: str | None) -> Iterator[Problem]:
    first = elements[0]
    wanted = (root,) if root is not None else ("policies", "fragment")
    if first.name not in wanted:
        yield Problem("section", f"the outermost element is <{first.name}>; it has to be <{wanted[0]}>", first.offset)
        return
    seen: set[str] = set()
    for element in elements[1:]:
        if first.name == "fragment" and element.depth > 0 and element.name in (*SECTIONS, "base"):
            yield Problem("section", f"a fragment has no <{element.name}>; that belongs to the policy", element.offset)
        elif first.name == "policies" and element.depth == 1:
            if element.name not in SECTIONS:
                message = f"<policies> has no section <{element.name}>; its sections are {', '.join(SECTIONS)}"
                yield Problem("section", message, element.offset)
            elif element.name in seen:
                yield Problem("section", f"the section <{element.name}> stands there twice", element.offset)
            seen.add(element.name)


def _in_value(text: str, value: Value) -> Iterator[Problem]:
    if value.expression is not None:
        follows = text[value.expression : value.end].strip()
        if follows[:1] in (")", "}"):
            yield Problem("expression", f"'{follows[0]}' {_NOTHING}", value.expression)
        return
    part = unescaped(text, value.start, value.end)
    start = _blank_end(part.text, 0)
    if part.text.startswith(_OPENERS, start):
        yield from _expression(part, start)
    elif value.is_attribute and "{{" in part.text:
        yield from _names(part)


def _expression(part: Unescaped, start: int) -> Iterator[Problem]:
    try:
        end = end_of(part.text, start + 1)
    except Unbalanced as error:
        yield Problem("expression", f"the expression is not balanced: {error.message}", part.offset(error.offset))
        return
    follows = part.text[end:].strip()
    if follows[:1] in (")", "}"):
        yield Problem("expression", f"'{follows[0]}' {_NOTHING}", part.offset(end))


def _names(part: Unescaped) -> Iterator[Problem]:
    rest = _NAMED.sub(lambda found: " " * len(found.group()), part.text)
    if "{{" in rest:
        offset = part.offset(rest.index("{{"))
        yield Problem("named-value", "'{{' is not closed; the name of a named value stands in '{{' and '}}'", offset)
    for found in _NAMED.finditer(part.text):
        if not found["name"].strip():
            yield Problem("named-value", "'{{' and '}}' name no named value", part.offset(found.start()))


def _blank_end(text: str, start: int) -> int:
    found = _BLANK.match(text, start)
    return found.end() if found is not None else start


def _masked(text: str, values: list[Value]) -> str:
    """The text with the same places, and without what stands in raw expressions."""
    parts, last = [], 0
    for value in values:
        if value.expression is not None:
            inside = text[value.start : value.expression]
            parts += [text[last : value.start], "".join(char if char in "\r\n" else "x" for char in inside)]
            last = value.expression
    return "".join([*parts, text[last:]])


def _values(text: str, *, raw: bool) -> tuple[list[Value], Problem | None]:
    """The values of attributes and texts, as far as the text is XML, and the raw expression that has no end."""
    values: list[Value] = []
    position = 0
    try:
        while position < len(text):
            position = _text(text, position, values, "<", raw=raw)
            position = _markup(text, position, values, raw=raw)
    except Unbalanced as error:
        return values, Problem("expression", f"the expression is not balanced: {error.message}", error.offset)
    return values, None


def _raw_end(text: str, start: int, around: str) -> int:
    """The end of the raw expression at `start`; one that runs on into the XML behind it is wrong as a whole."""
    try:
        return end_of(text, start + 1)
    except Unbalanced as error:
        latest = _LATEST[around].search(text, start)
        runs_on = latest is not None and error.offset >= latest.start()
        raise (Unbalanced("it does not end", start) if runs_on else error) from None


def _text(text: str, start: int, values: list[Value], closer: str, *, raw: bool) -> int:
    """Take the text from `start` to the next `closer`, which returns where that stands."""
    first = _blank_end(text, start)
    is_expression = raw and text.startswith(_OPENERS, first)
    expression = _raw_end(text, first, "<") if is_expression else None
    end = text.find(closer, start if expression is None else expression)
    end = len(text) if end < 0 else end
    if first < end:
        values.append(Value(first, end, False, expression))
    return end


def _markup(text: str, start: int, values: list[Value], *, raw: bool) -> int:
    """The offset behind what starts with `<` at `start`; the end where it is not understood."""
    if text.startswith("<![CDATA[", start):
        return _text(text, start + 9, values, "]]>", raw=raw) + 3
    for opener, closer in (("<!--", "-->"), ("<?", "?>"), ("<!", ">"), ("</", ">")):
        if text.startswith(opener, start):
            return _behind(text, closer, start + len(opener))
    return _tag(text, start, values, raw=raw)


def _behind(text: str, closer: str, start: int) -> int:
    end = text.find(closer, start)
    return len(text) if end < 0 else end + len(closer)


def _tag(text: str, start: int, values: list[Value], *, raw: bool) -> int:
    position = start + 1
    while position < len(text) and text[position] not in " \t\r\n/>":
        position += 1
    while (found := _ATTRIBUTE.match(text, position)) is not None:
        first = _blank_end(text, found.end())
        is_expression = raw and text.startswith(_OPENERS, first)
        expression = _raw_end(text, first, found["quote"]) if is_expression else None
        end = text.find(found["quote"], found.end() if expression is None else expression)
        if end < 0:
            return len(text)
        values.append(Value(first if is_expression else found.end(), end, True, expression))
        position = end + 1
    return _behind(text, ">", position)
