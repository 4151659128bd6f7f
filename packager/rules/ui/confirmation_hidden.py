"""A password is asked for only once.

With `hideConfirmation` a mistyped password goes unnoticed until nobody can sign in; certification refuses it.

Remove `hideConfirmation`.
"""

from collections.abc import Iterator

from packager.checks.armttk.powershell import equal, get, spelling, text_of
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import Edit, RemoveMember

ASKING = ("Microsoft.Common.PasswordBox", "Microsoft.Compute.CredentialsCombo")


@arm_ttk_rule(
    "Credential-Confirmation-Should-Not-Be-Hidden",
    on="form",
    needs=("form",),
    fixable=True,
    mentions=("passwordbox", "credentialscombo"),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """`options.hideConfirmation` equals true, as the text "true" and the number 1 do."""
    for kind in ASKING:
        for found in run.form.search.by_value_equal("type", kind):
            options = get(found.holder, "options")
            if not equal(get(options, "hideConfirmation"), True):
                continue
            path = (*found.node.true_path, spelling(found.holder, "options"))
            edits: tuple[Edit, ...] = ()
            if isinstance(options, dict):
                alone = len(options) == 1
                options_path, path = path, (*path, spelling(options, "hideConfirmation"))
                edits = (RemoveMember(options_path if alone else path),)
            name = text_of(get(found.holder, "name"))
            message = f"element '{name}' hides the confirmation of its password; remove 'hideConfirmation'"
            yield Hit(run.form.spot(path, key=True), message, edits=edits)
