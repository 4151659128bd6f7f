"""What the portal has against the value of an element: refused answers, empty ones, its own rules and the form's."""

from collections.abc import Iterator, Mapping

from packager.source.reading import ABSENT
from packager.ui.simulation.ask import Ask, as_flag
from packager.ui.simulation.evaluation import Evaluation
from packager.ui.simulation.kinds.machine import PASSWORD
from packager.ui.simulation.kinds.table import Behaviour, behaviour_of
from packager.ui.simulation.kinds.tables import columns_of
from packager.ui.simulation.plan import Site, Work
from packager.ui.simulation.state import ElementState, Judged
from packager.ui.simulation.validations import pattern_errors, validation_errors
from packager.ui.values import UNDEFINED, Value, is_true

_EMPTY: tuple[Value, ...] = ("", [], None)
_MOST_ROWS = 1_000


def judged(ask: Ask, state: ElementState, work: Work, evaluation: Evaluation) -> Judged:
    """The errors of an element that is shown; `ask` has its properties as far as they have a say in the value."""
    control = state.control
    settings = evaluation.settings(ask.settings, work.late, control.at)
    full = ask._replace(settings=settings)
    found = [*state.refusals, *errors_of(full, state.output, behaviour_of(control.kind))]
    if control.kind == "EditableGrid" and isinstance(state.output, list):
        found += _cell_errors(full, state.output, work.cells, evaluation)
    return Judged(tuple(dict.fromkeys(found)), evaluation.taken())


def errors_of(ask: Ask, output: Value, behaviour: Behaviour) -> Iterator[str]:
    """Every rule that the value breaks, in the order of the rules; all properties of `ask` are evaluated."""
    if behaviour.needed is not None and _is_required(ask, default=behaviour.needed):
        if ask.control.kind == "CheckBox":
            if output is not True:
                yield ask.text("constraints", "validationMessage") or "it must be ticked"
        elif output is UNDEFINED or any(output == empty and type(output) is type(empty) for empty in _EMPTY):
            yield "a value is required"
    if behaviour.check is not None:
        yield from behaviour.check(ask, output)
    yield from _patterns(ask, tested_text(output))
    yield from _validations(ask, tested_text(output))


def _is_required(ask: Ask, *, default: bool) -> bool:
    found = ask.get("constraints", "required")
    return default if found is None else as_flag(found, is_true(found))


def tested_text(output: Value) -> str:
    """The text that patterns are for: the value itself, or the password in it."""
    found = output.get(PASSWORD) if isinstance(output, Mapping) else output
    return found if isinstance(found, str) else ""


def _patterns(ask: Ask, text: str) -> Iterator[str]:
    names = (("regex", "validationMessage"), ("customPasswordRegex", "customValidationMessage"))
    for pattern, message in names:
        found = ask.get("constraints", pattern)
        if isinstance(found, str) and found and text:
            yield from pattern_errors(found, text, ask.text("constraints", message))


def _validations(ask: Ask, text: str) -> Iterator[str]:
    entries = ask.get("constraints", "validations")
    if entries is None and isinstance(ask.get("constraints"), list):
        entries = ask.get("constraints")
    yield from validation_errors(entries, text)


def _cell_errors(ask: Ask, rows: list[Value], sites: tuple[Site, ...], evaluation: Evaluation) -> Iterator[str]:
    """What the columns have against the cells of each row."""
    for number, row in enumerate(rows[:_MOST_ROWS], 1):
        variables = {"$rowIndex": number, "$item": row}
        settings = evaluation.settings(ask.settings, sites, ask.control.at, variables)
        for name, element in columns_of(ask._replace(settings=settings)).items():
            cell = row.get(name, ABSENT) if isinstance(row, Mapping) else ABSENT
            inner = ask._replace(settings=element, answer=cell)
            behaviour = behaviour_of(str(element.get("type", "")).rpartition(".")[2])
            found = behaviour.value(inner)
            for message in (*found.refusals, *errors_of(inner, found.output, behaviour)):
                yield f"row {number}, column '{name}': {message}"
