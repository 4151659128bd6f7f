"""The form lets the customer choose an existing resource and does not tell the template so.

A storage account, public address or virtual network that exists may be in another resource group, and must not be
created again. The template needs the resource group and whether the resource is new, or it deploys the wrong thing.

Put out `resourceGroup` and `newOrExisting` of the element, or the whole element; or set `"hideExisting": true` in its
`options`.

arm-ttk searches the outputs for the element's name and the two words, so that it takes a name within another one for
the element, and does not see an output that is the whole element.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.armttk.outputs import compared, outputs_of
from packager.checks.armttk.powershell import WildcardError, equal, get, like, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.ui.definition import Element, UiDefinition

TYPES = (
    "Microsoft.Storage.StorageAccountSelector",
    "Microsoft.Network.PublicIpAddressCombo",
    "Microsoft.Network.VirtualNetworkCombo",
)
KINDS = frozenset(kind.lower() for kind in TYPES)
MEMBERS = ("resourceGroup", "newOrExisting")


@arm_ttk_rule(
    "HideExisting-Must-Be-Correctly-Handled",
    on="form",
    needs=("form",),
    false_alarm="the template gets the whole element, or an expression hides the choice; outputs of "
    "'resourceGroup' and 'newOrExisting' silence it",
    mentions=("storageaccountselector", "publicipaddresscombo", "virtualnetworkcombo"),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """No output with the element's name and `.ResourceGroup` behind it, or none with `.NewOrExisting`."""
    outputs = outputs_of(run.form)
    values = [one for _, value in outputs for one in (value if isinstance(value, list) else [value])]
    for kind in run.settings.texts("ControlTypesWithHideExisting", TYPES):
        for found in compared(run.form.search.by_value_equal("type", kind), outputs):
            if equal(get(get(found.holder, "options"), "hideExisting"), True):
                continue
            name = text_of(get(found.holder, "name"))
            missing = [member for member in MEMBERS if not _mentions(values, name, member)]
            if missing:
                yield Hit(run.form.spot(found.node.true_path), _message(name, missing))


def _mentions(values: list[Any], name: str, member: str) -> bool:
    try:
        return truthy(like(values, f"*{name}*.{member}*"))
    except WildcardError:
        return False


@predict.truth
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """No output that takes the member of the element, or the whole element."""
    for element in form.elements:
        if element.type.lower() in KINDS and not _is_hidden(element):
            missing = [member for member in MEMBERS if not _is_put_out(form, element, member)]
            if missing:
                yield Hit(form.spot(element.path), _message(element.name, missing))


def _is_hidden(element: Element) -> bool:
    from packager.ui.parser import is_expression  # profile arm-ttk does without it

    options = element.value.get("options")
    hidden = options.get("hideExisting") if isinstance(options, dict) else None
    return hidden is True or (isinstance(hidden, str) and (hidden.lower() == "true" or is_expression(hidden)))


def _is_put_out(form: UiDefinition, element: Element, member: str) -> bool:
    """`newOrExistingOrNone` of a public address serves for `newOrExisting`."""
    uses = form.flow.by_element.get(element.path, ())
    read = (use.target.members[:1] for use in uses if use.output is not None)
    return any(not names or names[0].lower().startswith(member.lower()) for names in read)


def _message(name: str, missing: list[str]) -> str:
    members = " and ".join(f"'{member}'" for member in missing)
    return f"element '{name}' offers existing resources, and no output hands on its {members}"
