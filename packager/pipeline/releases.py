"""The Helm releases of an offer, rendered by the helm program plan by plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from packager.checks.releases import Release, releases_of
from packager.data.kubernetes import DEFAULT_VERSION, KubernetesVersion
from packager.errors import UsageError
from packager.helm.program import Answer, Helm
from packager.helm.template import Task, lint, manifests, objects_folder, template
from packager.offer.model import ChartReference, Offer, Plan
from packager.render.model import Rendered
from packager.render.render import render_payload
from packager.render.variables import stated_version
from packager.source.document import Document
from packager.source.nearest import did_you_mean
from packager.source.spot import Spot

Status = Literal["rendered", "not-at-hand", "failed"]


class Choice(NamedTuple):
    """What of an offer is wanted: these plans and releases (all when none is named), for a version of Kubernetes."""

    plans: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    kubernetes: KubernetesVersion | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a release; `written` is where offer.yaml names its chart, `task` what helm was asked.

    `folder` is where the chart lies in the repository, when it is a folder there.
    """

    plan: str
    release: Release
    written: Spot
    folder: str | None
    status: Status
    task: Task | None = None
    answer: Answer | None = None
    documents: tuple[Document, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing came of a chart that has templates of objects."""
        tree = self.release.tree
        nothing = self.status == "rendered" and not self.documents
        return nothing and tree is not None and any(one.makes_objects for one in tree.every())

    def file_of(self, document: Document) -> str:
        """The file of the chart, as helm names it, that a document of the release's objects comes from."""
        return document.name.removeprefix(objects_folder(self.release.name))


@dataclass(frozen=True, slots=True)
class PlanPayload:
    """The payload of one plan: its files, the version of Kubernetes that it is for, its releases."""

    rendered: Rendered
    kubernetes: KubernetesVersion
    made: tuple[Made, ...]


class Runs:
    """The runs of a session, remembered: plans mostly share their releases."""

    __slots__ = ("_answers", "_documents", "_linted", "_probed", "helm")

    def __init__(self, helm: Helm) -> None:
        self.helm = helm
        self._answers: dict[Task, Answer] = {}
        self._linted: dict[Task, Answer] = {}
        self._documents: dict[Task, tuple[Document, ...]] = {}
        self._probed: dict[tuple[Task, str], tuple[Document, ...]] = {}

    def template(self, task: Task) -> Answer:
        """The answer of `helm template`."""
        if task not in self._answers:
            self._answers[task] = template(self.helm, task)
        return self._answers[task]

    def documents(self, task: Task) -> tuple[Document, ...]:
        """The objects of a release that helm does not refuse; read once, whatever looks at them."""
        if task not in self._documents:
            self._documents[task] = manifests(task, self.template(task).out)
        return self._documents[task]

    def lint(self, task: Task) -> Answer:
        """The answer of `helm lint`."""
        if task not in self._linted:
            self._linted[task] = lint(self.helm, task)
        return self._linted[task]

    def probe(self, task: Task, over: str, *, broken: bool) -> tuple[Document, ...]:
        """What a release becomes with further values; none where helm refuses, unless what is `broken` counts too."""
        key = (task, over)
        if key not in self._probed:
            answer = template(self.helm, task, over=over, debug=broken)
            refused = answer.failure or (answer.code and not broken)
            self._probed[key] = () if refused else manifests(task, answer.out)
        return self._probed[key]


def plan_payload(
    runs: Runs, offer: Offer, plan: Plan, overrides: Mapping[str, str], choice: Choice, path: str
) -> PlanPayload:
    """Render the chosen releases of a plan; none when the plan's own files cannot be rendered."""
    rendered, variables = render_payload(offer, plan, overrides, path)
    kubernetes = choice.kubernetes or stated_version(variables) or DEFAULT_VERSION
    made: tuple[Made, ...] = ()
    if not rendered.failed:
        charts = {one.release: one.chart for one in plan.helm}
        wanted = [one for one in releases_of(rendered.bundle) if not choice.releases or one.name in choice.releases]
        begun = (_begun(offer, plan, one, charts[one.name]) for one in wanted)
        made = tuple(_made(runs, one, kubernetes) for one in begun)
    return PlanPayload(rendered, kubernetes, made)


def refuse_unknown_releases(plans: tuple[Plan, ...], wanted: tuple[str, ...]) -> None:
    """Raise UsageError for a release that no plan has."""
    known = list(dict.fromkeys(release.release for plan in plans for release in plan.helm))
    for name in wanted:
        if name not in known:
            hint = f"there are {', '.join(known)}" if known else "there are none"
            raise UsageError(f"there is no release '{name}'{did_you_mean(name, known)}", hint=hint)


def _begun(offer: Offer, plan: Plan, release: Release, chart: ChartReference) -> Made:
    folder = chart.location if chart.kind == "folder" else None
    return Made(plan.id, release, Spot(offer.document, chart.at), folder, "not-at-hand")


def _made(runs: Runs, begun: Made, kubernetes: KubernetesVersion) -> Made:
    release = begun.release
    if release.archive is None:
        return begun
    values = release.values.text if release.values is not None else None
    task = Task(release.name, release.namespace, release.archive, values, f"{kubernetes}.0")
    answer = runs.template(task)
    if answer.code or answer.failure:
        return replace(begun, status="failed", task=task, answer=answer)
    return replace(begun, status="rendered", task=task, answer=answer, documents=runs.documents(task))


def made_again(runs: Runs, made: Made, archive: bytes, kubernetes: KubernetesVersion) -> Made:
    """What becomes of a release with a chart that was not at hand."""
    return _made(runs, replace(made, release=replace(made.release, fetched=archive)), kubernetes)


def every_made(payloads: Iterable[PlanPayload]) -> Iterator[Made]:
    """The releases of all plans."""
    return (made for payload in payloads for made in payload.made)
