"""How arm-ttk finds inner templates and cuts them out of a template's text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from packager.checks.armttk.cuts import Cuts
from packager.checks.armttk.powershell import collation_key, equal, get
from packager.checks.armttk.run import JsonFile, TemplateInput
from packager.checks.armttk.search import Found, joined
from packager.checks.armttk.text import SourceText
from packager.source.lazy import lazy_pattern

_PREFIX = lazy_pattern(r'\s*"template"\s*:\s*', re.IGNORECASE)
_PLAIN_PATH = lazy_pattern(r"[\w.\[\]]+")
_EMPTY = '"template": {}'


class Extraction(NamedTuple):
    """A template with its inner templates cut out, and those, deepest first, each with the text found for it."""

    template: TemplateInput
    inner: tuple[TemplateInput, ...]


def inner_templates(file: JsonFile) -> list[Found]:
    """The inner templates of a file: `template` beside inner scope, or inside a policy rule; deepest first."""
    if '"template"' not in file.document.text:
        return []
    found = [one for one in file.search.by_key("template") if _is_inner(one)]
    return sorted(found, key=lambda one: collation_key(_path(one)), reverse=True)


def _path(found: Found) -> str:
    # The search shows the name that was asked for, not the one that is written.
    return found.path[: -len(found.key)] + "template"


def _is_inner(found: Found) -> bool:
    scope = get(get(found.holder, "expressionEvaluationOptions"), "scope")
    return equal(scope, "inner") or ".policyrule." in _path(found).lower()


class Cut(NamedTuple):
    """A template without its inner templates, and the pieces that were cut out, as many as were found."""

    template: TemplateInput
    pieces: tuple[SourceText, ...]


def cut(file: JsonFile, inner: Sequence[Found]) -> Cut:
    """A file's template without the inner ones, each looked for in what is left after cutting the ones before it."""
    cuts = Cuts(file.text, _EMPTY, only_few=_are_few(inner))
    pieces: list[SourceText] = []
    for one in inner:
        piece = cuts.take(_path(one))
        if piece is None:
            break
        pieces.append(_without_prefix(piece))
    return Cut(_left(file, cuts.text, found=len(pieces) == len(inner) > 0), tuple(pieces))


def extract_main(file: JsonFile, inner: Sequence[Found], done: Cut) -> Extraction:
    """The chosen template, whose inner templates have the text that was cut out."""
    return Extraction(done.template, _paired(file, inner, done.pieces))


def extract(file: JsonFile, inner: Sequence[Found], done: Cut) -> Extraction:
    """The file's template without its own inner templates, each of which gets its text from the uncut file.

    Where one is not found, those behind it get the next one's text, and the last ones none.
    """
    whole = file.text
    places = [whole.locator.locate(_path(one)) for one in inner]
    texts = [_without_prefix(whole.cut(place.start, place.end)) for place in places if place is not None]
    return Extraction(done.template, _paired(file, inner, texts))


def without(file: JsonFile, text: SourceText, paths: Sequence[str]) -> TemplateInput:
    """The template with the templates at `paths` cut out; after one that is not found the object stays whole."""
    cuts = Cuts(text, _EMPTY, only_few=True)
    found = all(cuts.take(path) is not None for path in paths)
    return _left(file, cuts.text, found=found and bool(paths))


def _left(file: JsonFile, text: SourceText, *, found: bool) -> TemplateInput:
    # What is no JSON after cutting cannot be assigned: the whole object stays.
    value = text.json if found else None
    return TemplateInput(file, file.value if value is None else value, text)


def _are_few(inner: Sequence[Found]) -> bool:
    """Whether each one is to be looked for anew: few, or some whose path does not say exactly where they are."""
    return len(inner) < 4 or not all(is_exact(one) for one in inner)


def is_exact(found: Found) -> bool:
    """Whether arm-ttk's path of an object is the true one, and one that its patterns understand."""
    steps = (f"[{step}]" if isinstance(step, int) else step for step in found.true_path)
    plain = isinstance(found.value, dict) and _PLAIN_PATH.fullmatch(found.path) is not None
    return plain and found.path == joined(list(steps))


def paths_of(inner: Sequence[Found]) -> list[str]:
    """The paths that inner templates are looked for at, also in other files."""
    return [_path(one) for one in inner]


def _without_prefix(text: SourceText) -> SourceText:
    found = _PREFIX.match(text.value)
    return text.cut(found.end(), len(text.value)) if found else text


def _paired(file: JsonFile, inner: Sequence[Found], texts: Sequence[SourceText]) -> tuple[TemplateInput, ...]:
    padded: list[SourceText | None] = [*texts, *[None] * (len(inner) - len(texts))]
    return tuple(TemplateInput(file, one.value, text, one) for one, text in zip(inner, padded, strict=True))
