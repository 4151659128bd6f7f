"""From a form with answers to what would be deployed: the form's outputs become the template's parameters."""

from dataclasses import dataclass

from packager.arm.expand import expand
from packager.arm.expansion import PARAMETER_VALUE, Expansion, Trouble
from packager.arm.links import Lookup
from packager.dryrun.compare import Disagreement, compare, parameters_of
from packager.expressions.scope import Facts
from packager.source.document import Document
from packager.ui.simulation.context import Context, Scope
from packager.ui.simulation.state import Simulation


@dataclass(frozen=True, slots=True)
class DryRun:
    """What the form and the template disagree on, and what the template makes of the outputs."""

    disagreements: tuple[Disagreement, ...]
    expansion: Expansion

    @property
    def troubles(self) -> list[Trouble]:
        """What Azure would refuse in the template, apart from values that the form gives: these are disagreements."""
        values = [one.parameter.lower() for one in self.disagreements if one.code == "value"]
        return [one for one in self.expansion.troubles if one.code != PARAMETER_VALUE or not _names(one, values)]

    @property
    def is_accepted(self) -> bool:
        """Whether Azure would take the deployment, as far as that can be known."""
        return not self.troubles and not any(one.is_refused for one in self.disagreements)


def _names(trouble: Trouble, parameters: list[str]) -> bool:
    """Whether a trouble is about one of these parameters, by its place in the template."""
    path = trouble.spot.path
    return len(path) > 1 and str(path[0]).lower() == "parameters" and str(path[1]).lower() in parameters


def dry_run(
    simulation: Simulation,
    template: Document,
    lookup: Lookup | None = None,
    *,
    facts: Facts | None = None,
    only_decided: bool = False,
) -> DryRun:
    """The template expanded with the outputs of a form. `lookup` finds linked templates in the package.

    With `only_decided`, what the customer or Azure would still decide is unknown instead of standing in, and so is what
    the template refuses anyway; so are secrets.
    """
    undecided = simulation.open_outputs if only_decided else frozenset()
    outputs = simulation.parameters()
    value = template.value if isinstance(template.value, dict) else {}
    found = compare(outputs, value, undecided)
    refused = {one.parameter for one in found if one.is_refused}
    # What is said of an output is not said again of all that follows from it.
    undecided = undecided | refused if only_decided else undecided
    declared = {name.lower() for name in parameters_of(value)}
    known = {name: one for name, one in outputs.items() if name not in undecided and name.lower() in declared}
    facts = facts if facts is not None else facts_of(simulation.answers.scope)
    left_open = [name for name in undecided if name.lower() in declared]
    expansion = expand(template, known, facts, lookup, open_parameters=left_open, open_secrets=only_decided)
    return DryRun(tuple(found), expansion)


def facts_at(context: Context) -> Facts:
    """The place of the deployment as the form sees it: as answered, else with what stands in for that."""
    return Facts(
        subscription_id=str(context.subscription["subscriptionId"]),
        tenant_id=str(context.subscription["tenantId"]),
        resource_group=str(context.resource_group["name"]),
        location=str(context.resource_group["location"]),
    )


def facts_of(scope: Scope) -> Facts:
    """What the answers say of the place; what they leave out is unknown, whatever stands in for it in the form."""
    return Facts(
        subscription_id=scope.subscription_id,
        tenant_id=scope.tenant_id,
        resource_group=scope.group,
        location=scope.group_location or scope.location,
    )
