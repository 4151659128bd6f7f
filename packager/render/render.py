"""A plan of an offer -> the bundle that is checked and packed."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.bundle.model import Bundle, Entry
from packager.errors import PackagerError
from packager.offer.artifacts import FORM, TEMPLATE, VIEW, clash_of
from packager.offer.model import Artifact, ArtifactFile, Offer, Plan, SourceFile
from packager.offer.repository import NOTHING_REPLACED, Repository
from packager.render.model import Rendered, RenderProblem
from packager.render.payload import add_payload
from packager.render.pieces import Pieces, copied_piece, rendered_template
from packager.render.template import Environments, Renderer
from packager.render.variables import plan_variables
from packager.source.filenames import FileNames
from packager.source.nearest import did_you_mean

JSON_ENTRIES = (".json", ".jsonc")
JSON_OR_YAML = (".json", ".jsonc", ".yaml", ".yml")


def render_plan(
    offer: Offer,
    plan: Plan,
    overrides: Mapping[str, str],
    path: str | None = None,
    replaced: Mapping[str, bytes] = NOTHING_REPLACED,
    environments: Environments | None = None,
) -> Rendered:
    """Render everything that goes into the plan's package.

    `overrides` are the `--set` options as they were typed, `path` is the offer's PATH as the user gave it, `replaced`
    holds sources that shall be taken to read otherwise, by name from the repository root. Plans that are rendered in
    one run, with the same `replaced`, share `environments`, so that each source is compiled once.
    """
    repository = Repository(offer.root, replaced)
    renderer = Renderer(repository, plan_variables(offer, plan, overrides), environments)
    pieces = Pieces()
    _add_documents(pieces, plan, renderer)
    for artifact in plan.artifacts:
        for file in artifact.files:
            _add_artifact(pieces, artifact, file, renderer)
    add_payload(pieces, offer, plan, renderer)
    _drop_clashes(pieces, offer, plan)
    unused = tuple(_unused(pieces, offer, overrides, renderer))
    pieces.problems += [RenderProblem(one, offer.name, 1, code="unused-set", severity="warning") for one in unused]
    bundle = _bundle(path or offer.name, plan, pieces, unused)
    sources = {piece.name: piece.sources for piece in pieces.made}
    return Rendered(bundle, tuple(pieces.problems), {name: sources[name] for name in bundle.entries})


def render_payload(
    offer: Offer, plan: Plan, overrides: Mapping[str, str], path: str | None = None
) -> tuple[Rendered, Mapping[str, Any]]:
    """Render what the plan's Helm releases need, and nothing else of its package; and the variables that it is for."""
    renderer = Renderer(Repository(offer.root), plan_variables(offer, plan, overrides))
    pieces = Pieces()
    add_payload(pieces, offer, plan, renderer)
    sources = {piece.name: piece.sources for piece in pieces.made}
    bundle = _bundle(path or offer.name, plan, pieces, ())
    return Rendered(bundle, tuple(pieces.problems), sources), renderer.variables


def _add_documents(pieces: Pieces, plan: Plan, renderer: Renderer) -> None:
    template, problems = rendered_template(renderer, plan.template)
    pieces.problems += problems
    pieces.add_json(TEMPLATE, plan.template, template)
    pieces.add_json(FORM, plan.ui, renderer.render(plan.ui))
    if plan.view is not None:
        pieces.add_json(VIEW, plan.view, renderer.render(plan.view))


def _add_artifact(pieces: Pieces, artifact: Artifact, file: ArtifactFile, renderer: Renderer) -> None:
    """JSON is written anew, so that comments stay behind; other templates are rendered; the rest is copied."""
    source = SourceFile(file.source, artifact.delimiters, artifact.at)
    plain = file.source.removesuffix(".j2")
    if plain.endswith(JSON_ENTRIES) or (file.name.endswith(".json") and plain.endswith(JSON_OR_YAML)):
        pieces.add_json(file.name, source, renderer.render(source))
    elif file.source.endswith(".j2"):
        pieces.add_text(file.name, renderer.render(source))
    else:
        try:
            pieces.made.append(copied_piece(file.name, file.source, renderer.repository))
        except PackagerError as error:
            pieces.problems.append(RenderProblem(error.message, file.source, 1, code="source-error"))


def _drop_clashes(pieces: Pieces, offer: Offer, plan: Plan) -> None:
    """Names of chart archives are known only now; what they collide with is reported, and the first one stays."""
    names, kept = FileNames(), []
    for piece in pieces.made:
        reason = clash_of(names, piece.name)
        if reason is None:
            kept.append(piece)
            continue
        place = offer.document.place(plan.at)
        message = f"'{piece.sources[0]}' cannot go into the package: {reason}"
        pieces.problems.append(RenderProblem(message, offer.name, place.line, place.column, "source-error"))
    pieces.made = kept


def _unused(pieces: Pieces, offer: Offer, overrides: Mapping[str, str], renderer: Renderer) -> Iterator[str]:
    if any(problem.severity == "error" for problem in pieces.problems):
        return  # what failed may be what would have asked for the variable
    known = {*offer.variables, *(name for plan in offer.plans for name in plan.variables)}
    for name in overrides:
        if name not in renderer.asked:
            yield f"--set {name}: no source of this plan asks for it{did_you_mean(name, known - {name})}"


def _bundle(path: str, plan: Plan, pieces: Pieces, notes: tuple[str, ...]) -> Bundle:
    entries = {piece.name: Entry(piece.name, piece.size, piece.read, piece.document) for piece in pieces.made}
    return Bundle(path, "offer", plan.id, entries, notes=notes)
