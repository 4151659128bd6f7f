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
from packager.checks.armttk.powershell import get
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule

_WORD = "managedidentityextension"
MESSAGE = "the extension for managed identities is retired; remove it and give the virtual machine an 'identity'"
_DEPTH = 100


@arm_ttk_rule(
    "ManagedIdentityExtension-must-not-be-used",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="the text only names the extension and does not use it; word it in another way to avoid it",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The word anywhere in the text of the resources; each place has to go before arm-ttk is content."""
    document, path = run.template.document, run.template.section_path("resources")
    # Turning all resources into text is only worth it where the word can be.
    if not _may_hold_word(document.text):
        return
    text = piped(get(run.template.value, "resources"), _DEPTH)
    lowered = text.value.lower()
    position = lowered.find(_WORD)
    while position >= 0:
        yield Hit(run.template.spot((*path, *text.path(position))), MESSAGE)
        position = lowered.find(_WORD, position + 1)


@lru_cache(maxsize=4)
def _may_hold_word(text: str) -> bool:
    # Of every nested template the whole document is asked.
    return _WORD in text.lower() or "\\u" in text


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """An extension of that type."""
    for node, key in template.tree.properties("type"):
        kind, path = node.value[key], (*node.path, key)
        is_retired = isinstance(kind, str) and kind.lower() in {f"{_WORD}forwindows", f"{_WORD}forlinux"}
        if is_retired and str(path[0]).lower() == "resources":
            yield Hit(template.spot(path), MESSAGE)
