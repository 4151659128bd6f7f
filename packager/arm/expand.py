"""Expands a template: what exactly would be deployed, as far as it can be known without Azure."""

from collections.abc import Collection, Mapping

from packager.arm.deployment import Deployment
from packager.arm.expansion import Expansion, Trouble
from packager.arm.instances import Instance
from packager.arm.links import Lookup
from packager.arm.run import Run
from packager.arm.targets import level_of
from packager.arm.template import member
from packager.arm.world import TemplateWorld, is_modern
from packager.expressions.binding import deep_recursion, without_collection
from packager.expressions.errors import TOO_DEEP, ExpressionError
from packager.expressions.scope import Facts
from packager.expressions.values import Value
from packager.source.document import Document
from packager.source.spot import Spot


def expand(
    document: Document,
    values: Mapping[str, Value],
    facts: Facts | None = None,
    lookup: Lookup | None = None,
    *,
    open_parameters: Collection[str] = (),
    open_secrets: bool = False,
) -> Expansion:
    """The expansion of a template file with values of parameters by name.

    `lookup` finds linked templates by their path in the package; `open_parameters` are names of parameters that will
    have other values than their defaults, not known yet; with `open_secrets` those of secure types are open in every
    template. Nothing is raised for bad content: `troubles` says what Azure would refuse, and the rest is expanded all
    the same.
    """
    template = document.value if isinstance(document.value, dict) else {}
    facts = facts if facts is not None else Facts()
    level = level_of(member(template, "$schema"))
    if level is not None and level != facts.level:
        facts = facts.at(level)
    given = {name.lower(): value for name, value in values.items()}
    run = Run(lookup, _nested)
    modern = is_modern(template)
    world = TemplateWorld(facts, run.budget, template, given, modern=modern, open_secrets=open_secrets)
    for name in open_parameters:
        world.leave_open(name)
    main = Deployment(run, document, (), world, facts, placed=level is not None)
    with deep_recursion(), without_collection():
        try:
            main.expand()
        except RecursionError:
            run.add(Trouble(TOO_DEEP, "the template refers to itself too deeply", Spot(document)))
        except ExpressionError as error:
            run.report(error, document, ())
    found = Expansion(main.resources, main.skipped, main.outputs, list(run.missing), run.troubles, run.outlets)
    found.spare = [Spot(*place) for place, is_spare in run.spare.items() if is_spare]
    found.doubts = run.doubts
    return found


def _nested(parent: Deployment, one: Instance) -> Deployment | None:
    # Many templates nest none, and following links needs more of the standard library.
    from packager.arm.nesting import nested_deployment

    return nested_deployment(parent, one)
