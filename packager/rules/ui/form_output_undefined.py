"""An output that has no value at times goes into a parameter without a default.

The portal leaves an output out when its value is undefined, as that of a hidden element is. The deployment then fails
for the customers who gave that answer, and only for them.

Give the parameter a `defaultValue`, or the output one: `[coalesce(steps('vm').name, 'default')]`.
"""

from collections.abc import Iterator

from packager.arm.template import member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.span import Path
from packager.source.spot import within
from packager.ui.catalogue import element_type, member_at
from packager.ui.definition import RESERVED_OUTPUTS, Element, UiDefinition
from packager.ui.flow import read
from packager.ui.nodes import Call, Node, children
from packager.ui.references import Reference, reference_of, resolve
from packager.ui.visibility import GUARDS, conditions_of


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Outputs that are one expression; what an `if` decides is taken for guarded."""
    main = package.main_beside(form.document)
    if main is None or form.is_form_view:
        return
    for output, value in form.outputs.items():
        declaration = member(main.parameters, output)
        tree = read(value) if isinstance(value, str) else None
        if tree is None or not isinstance(declaration, dict) or output.lower() in RESERVED_OUTPUTS:
            continue
        if member(declaration, "defaultValue") is None and member(declaration, "nullable") is not True:
            for reference, reason in undefined_parts(form, tree):
                spot = within(form.document, ("parameters", "outputs", output), reference.span)
                yield Hit(spot, f"{reason}, and parameter '{output}' of the template has no default")


def undefined_parts(form: UiDefinition, tree: Node) -> Iterator[tuple[Reference, str]]:
    """The references that can leave the whole expression without a value, each with the reason."""
    todo = [tree]
    while todo:
        node = todo.pop()
        reference = reference_of(node)
        if reference is not None:
            reason = _reason(form, reference)
            if reason:
                yield reference, reason
        elif isinstance(node, Call) and node.name.lower() == "coalesce":
            todo += _when_none_has(form, node)
        elif not (isinstance(node, Call) and node.name.lower() in GUARDS):
            todo += children(node)


def _when_none_has(form: UiDefinition, call: Call) -> list[Node]:
    """The arguments of a coalesce when each of them can be undefined and at different times."""
    if any(not any(True for _ in undefined_parts(form, one)) for one in call.arguments):
        return []
    hidden = [_element(form, one) for one in call.arguments]
    # Elements of which one is always shown stand for each other; so do a password and a key.
    return [] if len(set(hidden)) > 1 or len(hidden) > 1 else list(call.arguments)


def _element(form: UiDefinition, node: Node) -> Path | None:
    reference = reference_of(node)
    element = resolve(form, reference).element if reference is not None else None
    return element.path if element is not None else None


def _reason(form: UiDefinition, reference: Reference) -> str | None:
    target = resolve(form, reference)
    element = target.element
    if element is None:
        return None
    if conditions_of(form, element):
        return f"element '{element.name}' may be hidden"
    known = element_type(element.type)
    found = member_at(known, target.members) if known is not None and target.members else None
    if found is None or found.always or _is_settled(element):
        return None
    return f"'{'.'.join(target.members)}' of element '{element.name}' is not always there"


def _is_settled(element: Element) -> bool:
    """Whether settings of the element say which of its members there are."""
    options = element.value.get("options")
    if element.value.get("osPlatform") == "Windows":
        return True
    return isinstance(options, dict) and (options.get("hideNone") is True or options.get("hidePassword") is True)
