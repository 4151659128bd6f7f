"""What a rule is: a decorated generator of hits in a module of its own, whose docstring is the rule's page.

Two kinds of decorator, for the two questions a publisher asks:

* `@rule(...)` for what is true of a package and arm-ttk does not look at;
* `@arm_ttk_rule("Test-Name")` for what arm-ttk reports. Where arm-ttk is right, that one generator serves both
  lenses. Where it is not, `@predict.truth` names a second generator that says what is true; what only the first
  reports is then a false alarm, what only the second reports is a defect that arm-ttk misses.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from packager.checks.finding import Basis, Severity
from packager.source.spot import Spot

Kind = Literal["file", "parameters", "form", "template", "package", "view", "offer", "payload", "listing"]
Profile = Literal["arm-ttk", "marketplace", "strict", "azure-stack-hub", "azure-local"]

MARKETPLACE: tuple[Profile, ...] = ("marketplace", "strict", "azure-stack-hub", "azure-local")
EVERY_PROFILE: tuple[Profile, ...] = ("arm-ttk", *MARKETPLACE)
STRICT: tuple[Profile, ...] = ("strict",)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `[start, end)` of a source text by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule yields: a place, a message, and what differs from the rule's defaults.

    `sub` names the kind of finding within the rule (`rule-id[sub]`). `explanation` tells, on a false alarm of
    arm-ttk, why it is harmless and how to avoid it. `severity` is arm-ttk's own where a test only warns.
    """

    spot: Spot
    message: str
    sub: str | None = None
    basis: Basis | None = None
    severity: Severity | None = None
    explanation: str | None = None
    related: tuple[Spot, ...] = ()
    edits: tuple[Edit, ...] = ()


Check = Callable[..., Iterator[Hit]]


@dataclass(slots=True)
class Rule:
    """A rule and its data; `check` says what is true, `prediction` what arm-ttk will say."""

    id: str
    module: str
    on: Kind
    severity: Severity
    profiles: tuple[Profile, ...]
    arm_ttk: str | None
    check: Check | None
    prediction: Check | None
    fixable: bool
    page: str
    aliases: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.strip().partition("\n")[0].rstrip(".")

    def truth(self, check: Check) -> Check:
        """Decorator: `check(subject, package)` says what is true where arm-ttk's verdict is not the whole truth."""
        self.check = check
        return check


def rule(
    *,
    on: Kind,
    severity: Severity,
    profiles: tuple[Profile, ...] = MARKETPLACE,
    fixable: bool = False,
    aliases: tuple[str, ...] = (),
    arm_ttk: str | None = None,
) -> Callable[[Check], Rule]:
    """Decorate `check(subject, package) -> Iterator[Hit]`; `subject` is the typed view that `on` names."""

    def decorate(check: Check) -> Rule:
        return Rule(
            id=rule_id(check.__module__),
            module=check.__module__,
            on=on,
            severity=severity,
            profiles=profiles,
            arm_ttk=arm_ttk,
            check=check,
            prediction=None,
            fixable=fixable,
            page=page_of(check),
            aliases=aliases,
        )

    return decorate


def arm_ttk_rule(
    test: str, *, on: Kind, severity: Severity = Severity.ERROR, fixable: bool = False
) -> Callable[[Check], Rule]:
    """Decorate `predict(run) -> Iterator[Hit]`: the verdict of arm-ttk's `test` on one `ArmTtkRun`.

    `severity` is that of findings which only packager makes (see `Rule.truth`).
    """

    def decorate(prediction: Check) -> Rule:
        return Rule(
            id=rule_id(prediction.__module__),
            module=prediction.__module__,
            on=on,
            severity=severity,
            profiles=EVERY_PROFILE,
            arm_ttk=test,
            check=None,
            prediction=prediction,
            fixable=fixable,
            page=page_of(prediction),
        )

    return decorate


def rule_id(module: str) -> str:
    """The id of the rule in `module`: its last name with hyphens."""
    return module.rpartition(".")[2].replace("_", "-")


def page_of(check: Callable[..., Any]) -> str:
    """The rule's page: the docstring of the module that defines `check`."""
    return check.__globals__.get("__doc__") or ""
