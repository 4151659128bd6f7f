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
            todo += [node.arguments[0]] if _is_hidden_at_once(form, node) else []
        elif not (isinstance(node, Call) and node.name.lower() in GUARDS):
            todo += children(node)


def _is_hidden_at_once(form: UiDefinition, call: Call) -> bool:
    """Whether a coalesce holds nothing but elements that are hidden at the same time.

    Those that are hidden at different times stand for each other; whether one of them always shows is not known here.
    """
    elements = [_element(form, one) for one in call.arguments]
    if not elements or not all(elements):
        return False
    return len({conditions_of(form, one) for one in elements if one is not None}) == 1


def _element(form: UiDefinition, node: Node) -> Element | None:
    """The element whose whole value a node is."""
    reference = reference_of(node)
    target = resolve(form, reference) if reference is not None else None
    return target.element if target is not None and not target.members else None


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
