"""What a rule is: a decorated generator of hits in a module of its own, whose docstring is the rule's page.

Two kinds of decorator, for the two questions a publisher asks:

* `@rule(...)` for what is true of a package and arm-ttk does not look at;
* `@arm_ttk_rule("Test-Name")` for what arm-ttk reports. Where arm-ttk is right, that one generator serves both
  lenses. Where it is not, `@predict.truth` names a second generator that says what is true; what only the first
  reports is then a false alarm, what only the second reports is a defect that arm-ttk misses.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from packager.checks.finding import Basis, Severity
from packager.source.edits import Edit
from packager.source.spot import Spot

if TYPE_CHECKING:
    from packager.checks.package import Package

JsonKind = Literal["file", "parameters", "form", "template", "view"]
PayloadKind = Literal["script", "policy", "python", "release"]
Kind = Literal[JsonKind, PayloadKind, "package", "offer", "payload", "listing", "run"]
Profile = Literal["arm-ttk", "marketplace", "strict", "azure-stack-hub", "azure-local"]
# What a check of arm-ttk declares as its inputs; without one that is mandatory it is skipped, and passes.
Input = Literal["object", "text", "form", "parameters", "main-parameters"]

MARKETPLACE: tuple[Profile, ...] = ("marketplace", "strict", "azure-stack-hub", "azure-local")
EVERY_PROFILE: tuple[Profile, ...] = ("arm-ttk", *MARKETPLACE)
STRICT: tuple[Profile, ...] = ("strict",)
PLATFORMS: tuple[Profile, ...] = ("azure-stack-hub", "azure-local")
# Azure Stack Hub has api-versions of its own, none of which is recent.
PUBLIC_VERSIONS: tuple[Profile, ...] = ("marketplace", "strict", "azure-local")


class Hit(NamedTuple):
    """What a rule yields: a place, a message, and what differs from the rule's defaults.

    `sub` names the kind of finding within the rule (`rule-id[sub]`). `explanation` tells, on a false alarm of
    arm-ttk, why it is harmless and how to avoid it. `severity` of a prediction is `WARNING` where arm-ttk only warns.
    `edits` of the spot's document make the finding go away; they are made on request, and only when they do. `strict`
    leaves it to profile `strict`. What is `secret` is not shown in reports.
    """

    spot: Spot
    message: str
    sub: str | None = None
    basis: Basis | None = None
    severity: Severity | None = None
    explanation: str | None = None
    related: tuple[Spot, ...] = ()
    edits: tuple[Edit, ...] = ()
    strict: bool = False
    secret: bool = False


Check = Callable[..., Iterator[Hit]]


@dataclass(eq=False, repr=False)
class Body:
    """The code of a rule. `check(subject, package)` says what is true, `prediction(run)` what arm-ttk will say.

    `needs` are the mandatory inputs of arm-ttk's check, `takes` all of them; `inner` tells whether it is repeated for
    inner templates; `false_alarm` explains what only the prediction reports, unless a hit says more. `start(package)`
    runs before any rule does.
    """

    page: str
    check: Check | None = None
    prediction: Check | None = None
    needs: tuple[Input, ...] = ()
    takes: tuple[Input, ...] = ()
    inner: bool = True
    false_alarm: str = ""
    start: "Callable[[Package], None] | None" = None


@dataclass(eq=False, repr=False)
class Rule:
    """A rule as the catalogue knows it; its body is loaded from `module` when it is first needed.

    Where no file mentions one of `mentions`, in any case, the prediction says nothing; None stands for any text.
    `early` rules start something, a program, that goes on while other rules run.
    """

    id: str
    module: str
    on: Kind
    severity: Severity
    profiles: tuple[Profile, ...]
    arm_ttk: str | None = None
    fixable: bool = False
    summary: str = ""
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] | None = None
    early: bool = False
    loaded: Body | None = field(default=None, repr=False)

    @property
    def body(self) -> Body:
        """The rule's code."""
        if self.loaded is None:
            found = (one for one in vars(importlib.import_module(self.module)).values() if isinstance(one, Rule))
            self.loaded = next(one.body for one in found if one.module == self.module)
        return self.loaded

    @property
    def page(self) -> str:
        """The rule's page: the docstring of its module."""
        return self.body.page

    def truth(self, check: Check) -> Check:
        """Decorator: `check(subject, package)` says what is true where arm-ttk's verdict is not the whole truth."""
        self.body.check = check
        return check

    def beforehand(self, start: "Callable[[Package], None]") -> "Callable[[Package], None]":
        """Decorator: `start(package)` starts what the check waits for, before any other rule runs."""
        self.body.start, self.early = start, True
        return start


def rule(
    *,
    on: Kind,
    severity: Severity,
    profiles: tuple[Profile, ...] = MARKETPLACE,
    fixable: bool = False,
    aliases: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Decorate `check(subject, package) -> Iterator[Hit]`; `subject` is the typed view that `on` names."""

    def decorate(check: Check) -> Rule:
        page = page_of(check)
        module = check.__module__
        body = Body(page, check)
        return Rule(
            rule_id(module), module, on, severity, profiles, None, fixable, summary_of(page), aliases, loaded=body
        )

    return decorate


def arm_ttk_rule(
    test: str,
    *,
    on: Kind,
    needs: tuple[Input, ...] = (),
    optional: tuple[Input, ...] = (),
    inner: bool = True,
    severity: Severity = Severity.ERROR,
    fixable: bool = False,
    false_alarm: str = "",
    mentions: tuple[str, ...] | None = None,
    profiles: tuple[Profile, ...] = EVERY_PROFILE,
) -> Callable[[Check], Rule]:
    """Decorate `predict(run) -> Iterator[Hit]`: the verdict of arm-ttk's `test` on one `ArmTtkRun`.

    `needs` and `optional` are the inputs that the test declares as mandatory and as optional; `inner=False` is for a
    test that leaves at once for inner templates. `severity` is that of findings which only packager makes. `mentions`
    are words, in lower case, of which a file has to have one for the test to say anything.
    """

    def decorate(prediction: Check) -> Rule:
        page = page_of(prediction)
        module = prediction.__module__
        body = Body(page, None, prediction, needs, (*needs, *optional), inner, false_alarm)
        summary = summary_of(page)
        return Rule(
            rule_id(module),
            module,
            on,
            severity,
            profiles,
            test,
            fixable,
            summary,
            mentions=mentions,
            loaded=body,
        )

    return decorate


def declared(module: str, page: str | None, *, on: Kind, severity: Severity) -> Rule:
    """The rule of a module that holds its page only: its findings are made where an offer is read and rendered."""
    page = page or ""
    return Rule(rule_id(module), module, on, severity, EVERY_PROFILE, summary=summary_of(page), loaded=Body(page))


def rule_id(module: str) -> str:
    """The id of the rule in `module`: its last name with hyphens."""
    return module.rpartition(".")[2].replace("_", "-")


def page_of(check: Callable[..., Any]) -> str:
    """The rule's page: the docstring of the module that defines `check`."""
    return check.__globals__.get("__doc__") or ""


def summary_of(page: str) -> str:
    """The first line of a page, without its full stop."""
    return page.strip().partition("\n")[0].rstrip(".")
