"""A whole offer rendered, or everything that stands against it."""

import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NoReturn

from packager.errors import RefusedError
from packager.offer.load import Loaded, load_offer, select_plans
from packager.offer.model import Offer
from packager.render.model import Rendered
from packager.render.render import render_plan
from packager.render.template import Environments

MOST_SHOWN = 20
_MOST_REASONS = 3


def render_offer(
    file: pathlib.Path, plans: tuple[str, ...], overrides: Mapping[str, str]
) -> tuple[Offer, tuple[Rendered, ...]]:
    """The offer and its plans (those called `plans`, all when none is named), rendered without a fault.

    Raises RefusedError with file and line of every error, UsageError for a file or plan that is not there.
    """
    loaded = load_offer(file)
    offer = loaded.offer
    if offer is None:
        _refuse(list(offer_lines(loaded)))
    environments: Environments = {}
    chosen = select_plans(offer, plans)
    rendered = tuple(render_plan(offer, plan, overrides, str(file), environments=environments) for plan in chosen)
    # Plans share sources, and so their errors; each is said once.
    found = dict.fromkeys(line for one in rendered for line in problem_lines(one, "error"))
    if found:
        _refuse(list(found))
    return offer, rendered


def readable(loaded: Loaded, path: str) -> Offer:
    """The offer of a PATH. Raises RefusedError with the first reasons where it cannot be read."""
    if loaded.offer is None:
        raise refusal_of(f"'{path}' cannot be read", path, offer_lines(loaded))
    return loaded.offer


def offer_lines(loaded: Loaded) -> Iterator[str]:
    """What keeps an offer from being read, as `file:line: message`."""
    for problem in loaded.problems:
        if problem.severity == "error":
            yield f"{problem.document.name}:{problem.place.line}: {problem.message}"


def refusal_of(what: str, path: str, lines: Iterable[str]) -> RefusedError:
    """Says that what lies at a PATH cannot be used, with the first of the lines that tell why."""
    listed = list(dict.fromkeys(lines))
    more = [f"and {len(listed) - _MOST_REASONS} more"] if len(listed) > _MOST_REASONS else []
    text = "".join(f"\n  {line}" for line in (*listed[:_MOST_REASONS], *more))
    return RefusedError(f"{what}{text}", hint=f"packager check {path} shows the places")


def problem_lines(rendered: Rendered, severity: str) -> Iterator[str]:
    """The problems of that severity as `file:line: message`."""
    for problem in rendered.problems:
        if problem.severity == severity:
            yield f"{problem.file}:{problem.line}: {problem.message}"


def _refuse(lines: list[str]) -> NoReturn:
    more = [f"and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    raise RefusedError("\n".join(lines[:MOST_SHOWN] + more))
