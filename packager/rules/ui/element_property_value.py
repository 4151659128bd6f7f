"""A property of an element has a value that its type does not take.

A text where the portal reads an object, as in the `label` of a PasswordBox, keeps the page from loading; an unknown
word or a number out of range makes the portal fall back to a default that nobody chose.

Write a value that the [reference of elements](../reference/form-elements.md) allows. Where it does not say that an
expression may stand, the portal shows the expression itself.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern
from packager.ui.constraints import is_computed
from packager.ui.definition import Element, UiDefinition
from packager.ui.elements.model import Setting
from packager.ui.elements.storage import SKUS
from packager.ui.kinds import value_kind
from packager.ui.parser import has_brackets
from packager.ui.settings import Property, known_elements, properties_of, where_of

_SHAPES = frozenset({"object", "array"})
_PREFIX = lazy_pattern(r"/(?:[0-9]|[12][0-9]|3[0-2])")
_TYPE = lazy_pattern(r"[A-Za-z0-9-]+\.[A-Za-z0-9.-]+(?:/[A-Za-z0-9._$-]+)+")
_REGION = lazy_pattern(r"[a-z0-9]+")
# What a text of a certain format is like, and in words.
FORMATS: dict[str, tuple[re.Pattern[str], str]] = {
    "prefix": (_PREFIX, "a size such as '/24'"),
    "resource type": (_TYPE, "a resource type such as 'Microsoft.Storage/storageAccounts'"),
    "region": (_REGION, "the short name of a region, such as 'westeurope'"),
    "sku": (re.compile("|".join(SKUS)), "a type of storage account such as 'Standard_LRS'"),
}
# Other rules look at these, and know better.
ELSEWHERE = frozenset({"visible", "defaultValue", "min", "max"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every property that the catalogue knows: its kind, its words, its bounds, its format."""
    where = where_of(form)
    for element, known in known_elements(form):
        for found in properties_of(element, where) if known.in_document(where) else ():
            setting = found.setting
            if setting is not None and setting.path not in ELSEWHERE and found.value is not None:
                yield from _judged(form, element, found, setting)


def _judged(form: UiDefinition, element: Element, found: Property, setting: Setting) -> Iterator[Hit]:
    value = found.value
    if isinstance(value, str) and has_brackets(value) and setting.format != "pattern":
        if not setting.dynamic and is_computed(value):
            message = f"{_shown(element, found)} holds an expression, which the portal does not evaluate there"
            yield Hit(form.spot(found.path), message, sub="computed", severity=Severity.WARNING)
        return
    kind = value_kind(value) or "number"
    if setting.kinds and kind not in setting.kinds:
        yield _wrong_kind(form, element, found, setting, kind)
        return
    for test in (_word, _bound, _format):
        problem = test(value, setting)
        if problem:
            yield Hit(form.spot(found.path), f"{_shown(element, found)} {problem}")
            return


def _shown(element: Element, found: Property) -> str:
    return f"element '{element.name}': '{'.'.join(map(str, found.path[len(element.path) :]))}'"


def _wrong_kind(form: UiDefinition, element: Element, found: Property, setting: Setting, kind: str) -> Hit:
    wanted = " or ".join(f"{'an' if one[0] in 'aio' else 'a'} {one}" for one in setting.kinds)
    # Texts for numbers and booleans are converted in some places and not in others; a wrong shape breaks the page.
    is_shape = kind in _SHAPES or bool(_SHAPES & set(setting.kinds))
    severity = None if is_shape else Severity.WARNING
    article = "an" if kind[0] in "aio" else "a"
    return Hit(
        form.spot(found.path), f"{_shown(element, found)} is {article} {kind}, not {wanted}", "kind", severity=severity
    )


Test = Callable[[Any, Setting], str]


def _word(value: Any, setting: Setting) -> str:
    if not setting.allowed or value in setting.allowed:
        return ""
    return f"is '{str(value)[:40]}'; the portal knows {', '.join(map(repr, setting.allowed))}"


def _bound(value: Any, setting: Setting) -> str:
    size = len(value) if isinstance(value, (list, dict)) else value
    if setting.least is not None and size < setting.least:
        return "is empty" if isinstance(value, (list, dict)) else f"is less than {setting.least}"
    if setting.most is not None and size > setting.most:
        return f"is more than {setting.most}"
    return ""


def _format(value: Any, setting: Setting) -> str:
    if setting.format not in FORMATS or not isinstance(value, str) or not value:
        return ""
    pattern, words = FORMATS[setting.format]
    return "" if pattern.fullmatch(value) else f"is '{value[:40]}', not {words}"
