"""A parameter file gives a parameter no value, an expression, or a broken reference to a secret.

Azure refuses an entry that has neither `value` nor `reference`, and does not evaluate what looks like an expression:
the template gets the text with its brackets. Certification refuses all of these.

Give the parameter a `value`, or a `reference` with `keyVault.id` (the whole resource id of the vault) and `secretName`.
Put expressions into the template.

arm-ttk means to warn about expressions and fails in doing so; a list such as `["[x]"]` counts for it, too. It refuses
resource groups with `.`, `(` or `)` in their names and names longer than 64 characters, which Azure allows, and does
not see where the name of a vault ends. Names that begin with `__` are left alone.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from packager.checks.armttk.powershell import get, has, matches, mismatches, spelling, truthy
from packager.checks.armttk.run import ArmTtkRun, written_path
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.expressions.errors import ExpressionError
from packager.expressions.nodes import Call, walk
from packager.expressions.parser import is_expression, parse
from packager.source.armttk import Date
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.source.spot import Spot

_GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_VAULTS = "/providers/Microsoft.KeyVault/vaults/"
_ARM_TTK_ID = lazy_pattern(
    rf"/subscriptions/{_GUID}/resourceGroups/[\w-]{{1,64}}{re.escape(_VAULTS)}[\w-]{{3,24}}", re.IGNORECASE
)
# The names that Azure allows: a group of 90 characters that does not end in a dot, a vault of 24.
_ID = lazy_pattern(
    rf"/subscriptions/{_GUID}/resourceGroups/[\w().-]{{0,89}}[\w()-]{re.escape(_VAULTS)}"
    r"(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]",
    re.IGNORECASE,
)
_SECRET_NAME = lazy_pattern(r"[A-Za-z0-9-]{1,127}")
_ARM_TTK_SECRET = lazy_pattern(r"^[A-Za-z0-9-]{1,127}$")
_BRACKETED = lazy_pattern(r"^\s?\[.*\]\s?$")

MISSING = "parameter '{}' has neither 'value' nor 'reference'; give it one"
NO_VAULT = "the reference of parameter '{}' has no 'keyVault'; add it with the 'id' of the vault"
NO_ID = "the reference of parameter '{}' has no 'keyVault.id'; add the whole resource id of the vault"
BAD_ID = (
    "'keyVault.id' of parameter '{}' is no id of a vault; write "
    "/subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.KeyVault/vaults/<name>"
)
NO_NAME = "the reference of parameter '{}' has no 'secretName'; add it"
BAD_NAME = "'secretName' of parameter '{}' must be 1 to 127 letters, digits and '-'"
EXPRESSION = "the value of parameter '{}' is an expression, which Azure passes on as text; compute it in the template"


class _Lens(NamedTuple):
    """What the two lenses judge differently: which values count as expressions, which ids and names are refused."""

    is_expression: Callable[[Any], bool]
    refuses_id: Callable[[Any], bool]
    refuses_name: Callable[[Any], bool]


@arm_ttk_rule(
    "DeploymentParameters-Should-Have-Value",
    on="parameters",
    needs=("parameters",),
    false_alarm="Azure takes the entry as it is; a value without brackets around it, or another name, avoids it",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The first problem of each entry, of files with a schema."""
    file = run.parameters
    if not truthy(get(file.value, "$schema")):
        return
    parameters, path = get(file.value, "parameters"), file.path_of("parameters")
    if isinstance(parameters, dict):
        yield from _judged(file.document, parameters, path, _ARM_TTK)
    elif isinstance(parameters, str | list | Date):
        # Of these PowerShell enumerates members such as `Length`, none of which has a value.
        yield Hit(file.spot(path), "'parameters' is no object; write an object of names and entries", sub="type")


@predict.truth
def check(document: Document, _: Package) -> Iterator[Hit]:
    """The same with what Azure evaluates and allows."""
    parameters, path = get(document.value, "parameters"), written_path(document.value, ("parameters",))
    if isinstance(parameters, dict):
        yield from _judged(document, parameters, path, _AZURE)
    elif parameters is not None:
        yield Hit(Spot(document, path), "'parameters' is no object; write an object of names and entries", sub="type")


def _judged(document: Document, parameters: dict[str, Any], path: Path, lens: _Lens) -> Iterator[Hit]:
    for name, entry in parameters.items():
        if not name.startswith("__"):
            found = _problem(entry, lens)
            if found is not None:
                sub, message, tail = found
                yield Hit(Spot(document, (*path, name, *tail), key=not tail), message.format(name), sub=sub)


def _problem(entry: Any, lens: _Lens) -> tuple[str, str, Path] | None:
    """Sub-id, message, and where in the entry."""
    if has(entry, "value"):
        key = spelling(entry, "value")
        return ("expression", EXPRESSION, (key,)) if lens.is_expression(entry[key]) else None
    if not has(entry, "reference"):
        return "missing", MISSING, ()
    key = spelling(entry, "reference")
    found = _problem_of_reference(entry[key], lens)
    return found and (found[0], found[1], (key, *found[2]))


def _problem_of_reference(reference: Any, lens: _Lens) -> tuple[str, str, Path] | None:
    vault = get(reference, "keyVault")
    if not has(reference, "keyVault") or vault is None:
        return "vault", NO_VAULT, ()
    if not has(vault, "id"):
        return "vault-id", NO_ID, ()
    if lens.refuses_id(get(vault, "id")):
        return "vault-id", BAD_ID, (spelling(reference, "keyVault"), spelling(vault, "id"))
    if not has(reference, "secretName"):
        return "secret", NO_NAME, ()
    if lens.refuses_name(get(reference, "secretName")):
        return "secret", BAD_NAME, (spelling(reference, "secretName"),)
    return None


def _is_evaluated_elsewhere(value: Any) -> bool:
    """Whether the text is an expression that calls something, which its author expects to be evaluated."""
    if not isinstance(value, str) or not is_expression(value.strip()):
        return False
    try:
        return any(isinstance(node, Call) for node in walk(parse(value.strip())))
    except ExpressionError:
        return False


def _is_no_vault(value: Any) -> bool:
    return not isinstance(value, str) or _ID.fullmatch(value) is None


def _is_no_secret_name(value: Any) -> bool:
    return not isinstance(value, str) or _SECRET_NAME.fullmatch(value) is None


_ARM_TTK = _Lens(
    partial(matches, pattern=_BRACKETED),
    partial(mismatches, pattern=_ARM_TTK_ID),
    partial(mismatches, pattern=_ARM_TTK_SECRET),
)
_AZURE = _Lens(_is_evaluated_elsewhere, _is_no_vault, _is_no_secret_name)
