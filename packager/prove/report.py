"""Proofs in JSON and in text."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from packager.prove.conditions import Condition, Seen
from packager.prove.search import Case, Proof
from packager.source.span import to_pointer
from packager.source.spot import Spot
from packager.ui.simulation.answers import written
from packager.ui.simulation.skeleton import block

MOST_NAMED = 12


class Proved(NamedTuple):
    """The proof of one plan; `plan` is None where PATH is no offer."""

    path: str
    plan: str | None
    proof: Proof


def as_json(proved: Iterable[Proved], budget: int, seed: int) -> dict[str, Any]:
    """Findings as `check --format json` has them, each with the answers that show it, and what each search saw."""
    done = list(proved)
    return {
        "schema": 1,
        "budget": budget,
        "seed": seed,
        "findings": [_finding(case, one) for one in done for case in one.proof.cases],
        "proofs": [_proof(one) for one in done],
    }


def _finding(case: Case, proved: Proved) -> dict[str, Any]:
    spot = case.problem.spot
    place, origin = spot.place(), spot.document.origin(spot.extent().start)
    return {
        "rule": case.problem.code,
        "severity": "error",
        "message": case.problem.message,
        "path": proved.path,
        "plan": proved.plan,
        "file": spot.document.name,
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "pointer": to_pointer(spot.path),
        "source": {"file": origin.file, "line": origin.line} if origin else None,
        "answers": written(case.answers, proved.proof.form),
    }


def _proof(proved: Proved) -> dict[str, Any]:
    proof = proved.proof
    return {
        "plan": proved.plan,
        "stopped": proof.stopped,
        "tried": proof.tried,
        "accepted": proof.accepted,
        "deployments": proof.expanded,
        "refused": list(proof.never_accepted),
        "coverage": {
            "elements": {"all": len(proof.form.by_path), "shown": len(proof.shown), "never": list(_never(proof))},
            "form": _coverage(proof.form_conditions),
            "template": _coverage(proof.template_conditions),
        },
    }


def _coverage(seen: Seen) -> dict[str, Any]:
    return {
        "all": len(seen.ways),
        "both": seen.both(),
        "oneSided": [{"condition": one.about, "seen": way, **_where(one)} for one, way in seen.one_sided()],
    }


def _where(condition: Condition) -> dict[str, Any]:
    spot = condition.spot
    origin = spot.document.origin(spot.extent().start)
    source = {"file": origin.file, "line": origin.line} if origin else None
    return {
        "file": spot.document.name,
        "line": spot.place().line,
        "pointer": to_pointer(spot.path),
        "source": source,
    }


def _never(proof: Proof) -> Iterator[str]:
    return (path for path in proof.form.by_path if path not in proof.shown)


def as_text(proved: Iterable[Proved], budget: int, seed: int) -> str:
    """The same for people."""
    return "\n".join(line for one in proved for line in _lines(one, budget, seed))


def _lines(proved: Proved, budget: int, seed: int) -> Iterator[str]:
    proof = proved.proof
    for case in proof.cases:
        yield from _case(case, proof)
    where = f"{proved.path}, plan {proved.plan}" if proved.plan else proved.path
    yield f"{where}: {_outcome(proof)}"
    sets = _counted(proof.tried, "answer set")
    yield f"  {sets}, {proof.accepted} accepted by the form, {_counted(proof.expanded, 'different deployment')}"
    yield f"  {_ended(proof, budget)}; seed {seed}"
    if proof.never_accepted:
        yield "  the form refused all of them; begin with answers that it takes (--answers), these are not:"
        yield from (f"    {message}" for message in proof.never_accepted[:MOST_NAMED])
    never = list(_never(proof))
    yield f"  elements shown: {len(proof.shown)} of {len(proof.form.by_path)}{_named(never, '; never: ')}"
    yield from _seen("conditions of the form", proof.form_conditions)
    yield from _seen("conditional resources", proof.template_conditions)


def _outcome(proof: Proof) -> str:
    if not proof.accepted:
        return "nothing is proved: the form accepted no answers"
    count = len(proof.cases)
    if not count:
        return "no answers were found that the form accepts and the template refuses"
    return f"{count} {'problem' if count == 1 else 'problems'} that the form lets through"


def _ended(proof: Proof, budget: int) -> str:
    ends = {
        None: "every answer set of the plan was tried",
        "budget": f"the budget of {budget} is spent",
        "interrupt": "interrupted",
    }
    return ends[proof.stopped]


def _case(case: Case, proof: Proof) -> Iterator[str]:
    spot = case.problem.spot
    yield f"{_line(spot)}: error {case.problem.code}: {case.problem.message}"
    answers = written(case.answers, proof.form)
    if not answers:
        yield "    with the form's defaults alone"
    else:
        yield "    with these answers:"
        for name, value in answers.items():
            yield from (f"    {line}" for line in block(name, value, 1))
    yield ""


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _seen(what: str, seen: Seen) -> Iterator[str]:
    if not seen.ways:
        return
    yield f"  {what} seen both ways: {seen.both()} of {len(seen.ways)}"
    rest = list(seen.one_sided())
    for condition, way in rest[:MOST_NAMED]:
        ways = {None: "never evaluated", True: "always true", False: "always false"}
        yield f"    {ways[way]}: {condition.about} ({_line(condition.spot)})"
    if len(rest) > MOST_NAMED:
        yield f"    and {len(rest) - MOST_NAMED} more"


def _line(spot: Spot) -> str:
    """File and line of a place: those of the source where the document was made from one."""
    origin = spot.document.origin(spot.extent().start)
    return f"{origin.file}:{origin.line}" if origin else f"{spot.document.name}:{spot.place().line}"


def _named(names: list[str], before: str) -> str:
    if not names:
        return ""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return before + ", ".join(names[:MOST_NAMED]) + more


def text_of(proved: Iterable[Proved], budget: int, seed: int, form: str) -> str:
    """The report in the format that was asked for."""
    if form == "json":
        return json.dumps(as_json(proved, budget, seed), indent=2, ensure_ascii=False)
    return as_text(proved, budget, seed)
