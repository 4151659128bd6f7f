"""A reference() or list call names an api-version that is too old, or an overtaken preview.

Certification wants the newest version of the type, or one younger than 730 days, here as well as on resources: the
customer's deployment makes these calls, and a version that is retired makes it fail.

Write the newest stable version that the message names. Without a version, `reference()` of a resource in the same
template takes that of the resource.

arm-ttk searches the raw text, comments and escaped expressions included. It knows the type only where the call holds
`resourceId(...)` or a variable that also names a resource, and it fails at a call with two dates or two `resourceId`.
"""

from collections.abc import Iterator

from packager.arm.recency import Recency, described, known_versions, true_problem
from packager.arm.template import Template
from packager.checks.armttk.patterns import API_VERSION, FunctionCall, calls_in
from packager.checks.armttk.recent import complaints, ends_test
from packager.checks.armttk.referenced import FailedError, TypesOfNames, type_in
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import PUBLIC_VERSIONS, Hit, arm_ttk_rule
from packager.source.spot import Spot


@arm_ttk_rule(
    "apiVersions-Should-Be-Recent-In-Reference-Functions",
    on="template",
    needs=("object", "text"),
    severity=Severity.WARNING,
    false_alarm="the text is not evaluated, or it is about a resource of another type; nothing has to be done",
    mentions=("reference", "list"),
    profiles=("arm-ttk", *PUBLIC_VERSIONS),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Judge every call in the raw text that holds a version and whose type is known, until one ends the test."""
    if run.built_by_bicep:
        return
    types = TypesOfNames(run.template)
    for call in calls_in(run.text, "reference", r"list\w*"):
        try:
            found = _judged(run, call, types)
        except FailedError as reason:
            message = f"arm-ttk fails at this call of {call.name}(), which holds {reason}"
            explanation = "Azure reads the version from its place in the call; move parts of the call into variables"
            spot = run.text.spot(call.start, call.end)
            yield Hit(spot, message, "failure", Basis.ARM_TTK, explanation=explanation)
            continue
        if found is None:
            continue
        name, recency, spot = found
        yield from _said(name, recency, spot)
        if ends_test(recency):
            return


def _judged(run: ArmTtkRun, call: FunctionCall, types: TypesOfNames) -> tuple[str, Recency, Spot] | None:
    """The type, the version and its place; None where arm-ttk passes over the call."""
    text = run.text.value[call.start : call.end]
    versions = list(API_VERSION.finditer(text))
    name = type_in(text, types) if versions else ""
    if not name:
        return None
    if len(versions) > 1:
        raise FailedError("more than one date")
    known = known_versions(run.settings.api_versions, name)
    recency = Recency(versions[0].group(), known, run.settings.test_date, run.settings.number_of_days)
    if recency.date is None:
        raise FailedError("a date that the calendar does not have")
    spot = run.text.spot(call.start + versions[0].start(), call.start + versions[0].end())
    return (name, recency, spot) if known else None


def _said(name: str, recency: Recency, spot: Spot) -> Iterator[Hit]:
    for problem in complaints(recency):
        yield Hit(spot, described(problem, name, recency), problem)
    if recency.version not in recency.known:
        message = f"arm-ttk does not know version {recency.version} of {name}"
        explanation = (
            f"where the call is not about {name}, or the version is newer than the table, nothing has to be done"
        )
        yield Hit(spot, message, "unlisted", severity=Severity.WARNING, explanation=explanation)


@predict.truth
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Judge the second argument of every such call whose first one has a type."""
    from packager.arm.versioned import versioned_calls  # profile arm-ttk does without it

    settings = package.settings
    for named, version, spot in versioned_calls(template):
        known = known_versions(settings.api_versions, named)
        recency = Recency(version, known, settings.test_date, settings.number_of_days)
        if recency.date is None:
            yield Hit(spot, f"the api-version {version} of {named} is no date of the calendar", "literal")
            continue
        problem = true_problem(recency)
        if problem:
            severity = Severity.INFO if problem == "soon" else None
            yield Hit(spot, described(problem, named, recency), problem, severity=severity)
