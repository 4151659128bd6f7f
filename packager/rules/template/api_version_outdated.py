"""A resource uses an api-version that is too old, or a preview that a stable version has overtaken.

Certification wants the newest version of a type, or one younger than 730 days; old versions are retired, and previews
may be withdrawn at any time. The version must be written out: a parameter or variable hides it from every check.

Write the newest stable version that the message names. Where the body does not fit that version, the message says what
has to change, and `--fix` leaves the version alone. A resource with
`"metadata": ["disable-apiVersions-should-be-recent"]` is left out.

arm-ttk takes every member named `apiVersion` of the template for that of a resource, a parameter of that name too.
Inside a nested deployment of outer scope it compares with the versions of the deployment, and after an old version
that is still the newest stable one it looks at no further resource.
"""

from collections.abc import Generator, Iterator

from packager.arm.recency import LITERAL, Recency, described, has_date, known_versions, true_problem
from packager.arm.template import DEPLOYMENT_TYPE, Resource, Template, key_of, member
from packager.checks.armttk.powershell import equal, get, text_of, truthy
from packager.checks.armttk.recent import complaints, ends_test, full_type
from packager.checks.armttk.run import ArmTtkRun, Settings
from packager.checks.armttk.search import Found
from packager.checks.bodies import new_problems
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import PUBLIC_VERSIONS, Hit, arm_ttk_rule
from packager.source.edits import Edit, SetValue
from packager.source.lazy import lazy_pattern
from packager.source.spot import Spot

# How many changes of a body are told with a new version.
_TOLD = 3
SUPPRESSION = "disable-apiversions-should-be-recent"
_QUOTED_NAMESPACE = lazy_pattern(r"/?(\w+(?:\.\w+)+)/")


@arm_ttk_rule(
    "apiVersions-Should-Be-Recent",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    fixable=True,
    false_alarm="it is not the version of a resource of that type; nothing has to be done",
    profiles=("arm-ttk", *PUBLIC_VERSIONS),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Judge every object with an `apiVersion`, until one ends the test."""
    template = run.template
    if not truthy(get(template.value, "resources")):
        return
    for found in template.search.by_any_value("apiVersion"):
        if found.path.lower().endswith(".properties.apiversion"):
            continue
        recency = yield from _looked_at(run, found)
        if recency is not None and ends_test(recency):
            return


def _looked_at(run: ArmTtkRun, found: Found) -> Generator[Hit, None, Recency | None]:
    """What arm-ttk says of one candidate; returns its recency where it comes so far."""
    spot, version, settings = run.template.spot_of(found), found.value, run.settings
    metadata = get(found.holder, "metadata")
    if any(equal(one, SUPPRESSION) for one in (metadata if isinstance(metadata, list) else [metadata]) if one):
        yield Hit(
            spot,
            "arm-ttk leaves this api-version out",
            "suppressed",
            severity=Severity.WARNING,
            explanation="the resource's metadata asks for that",
        )
        return None
    if not isinstance(version, str):
        message = "an api-version must be a text with a date, such as '2024-01-01'"
        yield Hit(spot, message, "literal", explanation=_why(found))
        return None
    name = full_type(found)
    if name is None:
        message = f"arm-ttk cannot tell the type of the resource '{text_of(get(found.holder, 'name'))}'"
        explanation = "it looks for the namespace between quotes and slashes in the resource's name only"
        yield Hit(spot, message, "unlisted", severity=Severity.WARNING, explanation=explanation)
        return None
    if name.lower() == DEPLOYMENT_TYPE and run.built_by_bicep:
        return None
    if not has_date(version):
        yield Hit(spot, _not_literal(name, version), "literal", explanation=_why(found))
        return None
    recency = Recency(version, known_versions(settings.api_versions, name), settings.test_date, settings.number_of_days)
    if recency.date is None:
        yield Hit(spot, f"the api-version {version} of {name} is no date of the calendar", "literal")
        return None
    for problem in complaints(recency):
        why = _why(found)
        edits = () if why else _bump(spot, recency.newest_stable)
        yield Hit(spot, described(problem, name, recency), problem, explanation=why, edits=edits)
    if recency.position < 0:
        yield Hit(
            spot,
            f"arm-ttk does not know version {version} of {name or 'something without a type'}",
            "unlisted",
            severity=Severity.WARNING,
            explanation=_why(found) or "the table of known versions does not have it; check how it is written",
        )
    return recency


def _why(found: Found) -> str | None:
    path = found.true_path
    if len(path) < 3 or str(path[-3]).lower() != "resources":
        return "it is not the api-version of a resource; nothing has to be done"
    if any(equal(get(one, "type"), DEPLOYMENT_TYPE) for one in found.ancestors):
        return "inside a nested deployment it takes the versions of Microsoft.Resources/deployments"
    return None


def _not_literal(name: str, version: object) -> str:
    return f"the api-version of {name} must be a date that is written out, such as 2024-01-01, not '{version}'"


@predict.truth
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Judge the version of every resource that the template's own expressions reach."""
    for part in template.scope():
        for resource in part.resources:
            version = member(resource.value, "apiVersion")
            if version is None or _is_left_out(resource, part):
                continue
            problem = _problem(resource, version, package.settings)
            if problem:
                sub, message, advice = problem
                spot = part.spot((*resource.path, key_of(resource.value, "apiVersion")))
                severity = Severity.INFO if sub == "soon" else None
                changes = new_problems(part.spot(resource.path), template, package, advice) if advice else []
                edits = () if changes else _bump(spot, advice)
                yield Hit(spot, message + _told(changes), sub, severity=severity, edits=edits)


def _told(changes: list[str]) -> str:
    """What has to be changed before the version can be."""
    if not changes:
        return ""
    more = f", and {len(changes) - _TOLD} more" if len(changes) > _TOLD else ""
    return f"; change the body with it: {'; '.join(changes[:_TOLD])}{more}"


def _bump(spot: Spot, advice: str | None) -> tuple[Edit, ...]:
    return (SetValue(spot.path, advice),) if advice else ()


def _is_left_out(resource: Resource, template: Template) -> bool:
    metadata = member(resource.value, "metadata")
    wanted = metadata if isinstance(metadata, list) else [metadata]
    if any(isinstance(one, str) and one.lower() == SUPPRESSION for one in wanted):
        return True
    # Bicep chooses the version of the deployments that its modules become.
    return resource.type.lower() == DEPLOYMENT_TYPE and template.built_by_bicep


def _problem(resource: Resource, version: object, settings: Settings) -> tuple[str, str, str | None] | None:
    """Sub-id, message, and the newest stable version where the resource may be given it."""
    name = _full_type(resource)
    if not isinstance(version, str) or not LITERAL.fullmatch(version):
        return "literal", _not_literal(name, version), None
    recency = Recency(version, known_versions(settings.api_versions, name), settings.test_date, settings.number_of_days)
    if recency.date is None:
        return "literal", f"the api-version {version} of {name} is no date of the calendar", None
    problem = true_problem(recency)
    return (problem, described(problem, name, recency), recency.newest_stable) if problem else None


def _full_type(resource: Resource) -> str:
    """The type; of an extension in the old form `.../providers/roleAssignments` with the namespace from its name."""
    written = resource.full_type
    _, provider, rest = written.rpartition("/providers/")
    if not provider or "." in rest.partition("/")[0]:
        return rest or written
    name = member(resource.value, "name")
    namespaces = _QUOTED_NAMESPACE.findall(name) if isinstance(name, str) else []
    return f"{namespaces[-1]}/{rest}" if namespaces else written
