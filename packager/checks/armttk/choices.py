"""How arm-ttk finds the output of an `allowedValues` in the form: by the names of the objects around it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from packager.checks.armttk.dotnet import regex_problem
from packager.checks.armttk.outputs import output_path, outputs_of
from packager.checks.armttk.patterns import BadPatternError
from packager.checks.armttk.powershell import Pattern, WildcardError, get, like, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.search import Found
from packager.source.lazy import lazy_pattern
from packager.source.span import Path

_PLAIN = lazy_pattern(r"[\w\-/:@%&=~,;!<>]*")
_PLAIN_WORDS = lazy_pattern(r"[\w\-/:@%&=~,;!<> ]*")
# How many names that are no words are looked for in the whole text; nobody has more than a few.
_MOST_SEARCHES = 100
_AFTER_DOT = lazy_pattern(r"\.([\w\-/:@%&=~,;!<> ]*)")
# Repeats in a name could make a search run for ever; such a name is taken literally instead of as a pattern.
_REPEAT = lazy_pattern(r"[*+{]|\?[^?]*\?")


class NotFound:
    """There is no output that refers to the control."""


class OutputFinder:
    """The output found last: arm-ttk keeps it for what has neither a named control nor a place in `config`."""

    def __init__(self, run: ArmTtkRun) -> None:
        self.form = run.form
        self.outputs = outputs_of(run.form)
        self.output: str | NotFound = NotFound()
        self._searches = 0
        self._texts = [(name, [(text, text.lower()) for text in _searched(value)]) for name, value in self.outputs]

    def look_for(self, found: Found) -> Iterator[tuple[Path, str]]:
        """Find the output for an `allowedValues`; yields the errors that arm-ttk meets in between."""
        around = found.ancestors
        name = get(around[0], "name") if around else None
        if truthy(name):
            step = get(around[1], "name") if len(around) > 1 else None
            yield from self._named(text_of(name), text_of(step) if truthy(step) else "")
        elif ".config." in found.path.lower():
            self.output = self._first_like(f"*{found.path.split('.')[-2]}(*")

    def _first_like(self, pattern: str) -> str | NotFound:
        try:
            return next((name for name, value in self.outputs if like(value, pattern)), NotFound())
        except WildcardError:
            return NotFound()

    def _named(self, control: str, step: str) -> Iterator[tuple[Path, str]]:
        self.output = NotFound()
        try:
            pattern = reference_pattern(control, step)
        except BadPatternError:
            pattern = None
        # To look for the word first is much faster than the pattern.
        word = "".join(control.split()).lower() if _PLAIN_WORDS.fullmatch(control) else ""
        for name, texts in self._texts:
            for text, lower in texts:
                if pattern is None:
                    message = f"the name of element '{control}' is no valid pattern, and arm-ttk's test fails for that"
                    yield output_path(self.form, name), message
                elif not text:
                    message = f"output '{name}' is blank, and arm-ttk's search for elements in the outputs fails at it"
                    yield output_path(self.form, name), message
                elif word in lower and pattern.search(text):
                    self.output = name
                    return

    def is_mentioned(self, name: str) -> bool:
        """Whether the form's text has a dot and the name anywhere; arm-ttk puts the name into a pattern as it is."""
        if _PLAIN_WORDS.fullmatch(name):
            return self._is_prefix(name.lower())
        self._searches += 1
        if self._searches > _MOST_SEARCHES:
            return True
        if _REPEAT.search(name):
            return f".{name}".lower() in self.form.document.text.lower()
        if regex_problem(name):
            return False
        try:
            return re.search(rf"\.(?:{name})", self.form.document.text, re.IGNORECASE) is not None
        except re.error:
            return f".{name}".lower() in self.form.document.text.lower()

    def _is_prefix(self, name: str) -> bool:
        place = bisect_left(self._words, name)
        return place < len(self._words) and self._words[place].startswith(name)

    @cached_property
    def _words(self) -> list[str]:
        """What follows each dot of the form's text, as far as an ordinary name can reach, in order."""
        return sorted(set(_AFTER_DOT.findall(self.form.document.text.lower())))


def _searched(output: Any) -> list[str]:
    """What a text pattern sees of an output: each element of a list; of an object the member `value`, if a text."""
    values = output if isinstance(output, list) else [output]
    inner = [get(value, "value") if isinstance(value, dict) else None for value in values]
    return [text if isinstance(text, str) else text_of(value) for text, value in zip(inner, values, strict=True)]


def reference_pattern(control: str, step: str) -> Pattern:
    """References to a control: `basics('control')`, or `steps('step')` with the control after any other names.

    Raises BadPatternError for names that break arm-ttk's pattern.
    """
    if not step:
        return re.compile(rf"basics\(\s*'{_in_pattern(control)}'\s*\)", re.IGNORECASE)
    inside = _in_pattern(control)
    return re.compile(rf"steps\(\s*'{_in_pattern(step)}'\s*\)(?:\.\w++)*?\.{inside}", re.IGNORECASE)


def _in_pattern(name: str) -> str:
    """A name as a part of a pattern that ignores white space."""
    name = re.sub(r"\s", "", name)
    if _PLAIN.fullmatch(name) or _REPEAT.search(name):
        return re.escape(name)
    if "#" in name or regex_problem(name):
        raise BadPatternError(name)
    try:
        re.compile(name)
    except re.error:
        return re.escape(name)
    return f"(?:{name})"
