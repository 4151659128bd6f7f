"""A virtual machine uses the extension for managed identities, which is retired.

The extension `ManagedIdentityExtensionForWindows` or `...ForLinux` is no longer needed: the instance metadata service
gives the tokens of a managed identity. Certification warns about it.

Remove the extension; `"identity": {"type": "SystemAssigned"}` on the virtual machine is enough. Code that asks port
50342 of the machine itself must ask `http://169.254.169.254/metadata/identity/oauth2/token` instead.

arm-ttk searches the text of the resources for `ManagedIdentityExtension`, so that names and descriptions count as well.
"""

from collections.abc import Iterator
from functools import lru_cache

from packager.arm.template import Template
from packager.checks.armttk.jsontext import piped
from packager.checks.armttk.patterns import places
from packager.checks.armttk.powershell import get
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.span import Path

_WORD = "managedidentityextension"
_ESCAPED_LETTER = lazy_pattern(r"\\u00[4-7]")
MESSAGE = "the extension for managed identities is retired; remove it and give the virtual machine an 'identity'"
_DEPTH = 100


@arm_ttk_rule(
    "ManagedIdentityExtension-must-not-be-used",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="the text only names the extension and does not use it; word it in another way to avoid it",
    mentions=("managedidentityextension",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The word anywhere in the text of the resources; each place has to go before arm-ttk is content."""
    document, path = run.template.document, run.template.section_path("resources")
    # Turning all resources into text is only worth it where the word can be.
    if not _may_hold_word(document.text):
        return
    text = piped(get(run.template.value, "resources"), _DEPTH)
    found = dict.fromkeys(text.path(place) for place in places(text.lowered, _WORD))
    typed = [one for one in found if _is_type(one)]
    around = {one[:length] for one in typed for length in range(len(one))}
    for one in found:
        # The name of an extension goes with the extension.
        if _is_type(one) or one[:-1] not in around:
            yield Hit(run.template.spot((*path, *one)), MESSAGE)


def _is_type(path: Path) -> bool:
    return bool(path) and str(path[-1]).lower() == "type"


@lru_cache(maxsize=4)
def _may_hold_word(text: str) -> bool:
    # Of every nested template the whole document is asked.
    return _WORD in text.lower() or ("\\u00" in text and _ESCAPED_LETTER.search(text) is not None)


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """An extension of that type."""
    for node, key in template.tree.properties("type"):
        kind, path = node.value[key], (*node.path, key)
        is_retired = isinstance(kind, str) and kind.lower() in {f"{_WORD}forwindows", f"{_WORD}forlinux"}
        if is_retired and str(path[0]).lower() == "resources":
            yield Hit(template.spot(path), MESSAGE)
