"""A whole offer rendered, or everything that stands against it."""

import pathlib
from collections.abc import Iterator, Mapping
from typing import NoReturn

from packager.errors import RefusedError
from packager.offer.load import load_offer, select_plans
from packager.offer.model import Offer
from packager.render.model import Rendered
from packager.render.render import render_plan

MOST_SHOWN = 20


def render_offer(
    file: pathlib.Path, plans: tuple[str, ...], overrides: Mapping[str, str]
) -> tuple[Offer, tuple[Rendered, ...]]:
    """The offer and its plans (those called `plans`, all when none is named), rendered without a fault.

    Raises RefusedError with file and line of every error, UsageError for a file or plan that is not there.
    """
    loaded = load_offer(file)
    offer = loaded.offer
    if offer is None:
        errors = [problem for problem in loaded.problems if problem.severity == "error"]
        _refuse([f"{one.document.name}:{one.place.line}: {one.message}" for one in errors])
    rendered = tuple(render_plan(offer, plan, overrides, str(file)) for plan in select_plans(offer, plans))
    # Plans share sources, and so their errors; each is said once.
    found = dict.fromkeys(line for one in rendered for line in problem_lines(one, "error"))
    if found:
        _refuse(list(found))
    return offer, rendered


def problem_lines(rendered: Rendered, severity: str) -> Iterator[str]:
    """The problems of that severity as `file:line: message`."""
    for problem in rendered.problems:
        if problem.severity == severity:
            yield f"{problem.file}:{problem.line}: {problem.message}"


def _refuse(lines: list[str]) -> NoReturn:
    more = [f"and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    raise RefusedError("\n".join(lines[:MOST_SHOWN] + more))
