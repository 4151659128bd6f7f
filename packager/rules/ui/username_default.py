"""A credential of the form has a default.

A user name or password that everybody gets is known to attackers, too; certification refuses a default user name.

Remove `defaultValue`.

arm-ttk looks at user name boxes only, not at passwords.
"""

from collections.abc import Iterator

from packager.checks.armttk.powershell import get, spelling, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.span import Path
from packager.ui.definition import UiDefinition

USER_NAME = "Microsoft.Compute.UserNameTextBox"
PASSWORDS = ("Microsoft.Common.PasswordBox", "Microsoft.Compute.CredentialsCombo")


@arm_ttk_rule("Usernames-Should-Not-Have-A-Default", on="form", needs=("form",), mentions=("usernametextbox",))
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """A user name box with a default that is truthy."""
    for found in run.form.search.by_value_equal("type", USER_NAME):
        if truthy(get(found.holder, "defaultValue")):
            spot = run.form.spot((*found.node.true_path, spelling(found.holder, "defaultValue")), key=True)
            name = text_of(get(found.holder, "name"))
            yield Hit(spot, f"element '{name}' suggests a user name; remove 'defaultValue'")


@predict.truth
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """User names, and the passwords of password boxes and credentials combos."""
    for node in form.typed(USER_NAME):
        if node.value.get("defaultValue"):
            spot = form.spot((*node.path, "defaultValue"), key=True)
            yield Hit(spot, f"element '{node.value.get('name')}' suggests a user name; remove 'defaultValue'")
    for node in form.typed(*PASSWORDS):
        default = node.value.get("defaultValue")
        path: Path = ("defaultValue",)
        if isinstance(default, dict):
            default, path = default.get("password"), (*path, "password")
        if default:
            spot = form.spot((*node.path, *path), key=True)
            yield Hit(spot, f"element '{node.value.get('name')}' has a default password; remove it", sub="password")
