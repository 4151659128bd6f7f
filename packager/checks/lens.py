"""The two lenses on one rule: what arm-ttk will say, what is true, and what the two have to do with each other."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from packager.checks.finding import Basis, Severity
from packager.checks.overlap import Places
from packager.checks.package import Package
from packager.checks.rule import Hit, Kind, Rule
from packager.source.span import Span

if TYPE_CHECKING:
    from packager.checks.armttk.run import ArmTtkRun, TemplateInput, Turn

GROUP_OF: dict[Kind, str] = {
    "file": "AllFiles",
    "parameters": "deploymentParameters",
    "form": "CreateUIDefinition",
    "template": "deploymentTemplate",
}


class Judged(NamedTuple):
    """A hit with its basis; `file` is what arm-ttk credits it to, `arm_ttk_severity` how severe arm-ttk takes it."""

    hit: Hit
    basis: Basis
    file: str
    arm_ttk_severity: Severity | None = None


class _Said:
    """The hits of one look at a template or at all files, which arm-ttk credits to every file that it looks for."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.hits = list(hits)
        self.again = False
        self._alike: list[Hit] = []
        self._in: dict[str, list[Hit]] = {}

    def of(self, file: str) -> Iterable[Hit]:
        """All hits the first time; after that those in `file`, and of others that read alike one each."""
        if not self.again:
            self.again = True
            self._alike = list({(hit.sub, hit.message, hit.severity): hit for hit in reversed(self.hits)}.values())
            for hit in self.hits:
                self._in.setdefault(hit.spot.document.name, []).append(hit)
            return self.hits
        return (*self._in.get(file, ()), *self._alike)


_Known = dict[tuple[int, bool], _Said]


def predicted(rule: Rule, turns: Sequence["Turn"], package: Package) -> Iterator[Judged]:
    """What arm-ttk's test reports in its turns over the package."""
    group = GROUP_OF[rule.on]
    if rule.mentions is not None and not package.mentions(rule.mentions) and not any(map(_has_lost_text, turns)):
        return
    own: _Known = {}
    inner: _Known = {}
    for turn in turns:
        if group not in turn.groups or not turn.given.issuperset(rule.body.needs):
            continue
        for hit in (*_own_hits(rule, turn, own), *_inner_hits(rule, turn, inner)):
            yield Judged(hit, hit.basis or Basis.BOTH, turn.file, hit.severity or Severity.ERROR)


def _has_lost_text(turn: "Turn") -> bool:
    """Whether a test can fail for want of an inner template's text, whatever it would look for."""
    return any(inner.text is None or not inner.text.value for inner in turn.inner)


def _own_hits(rule: Rule, turn: "Turn", known: _Known) -> Iterable[Hit]:
    """What is said of the turn's own template, form or file."""
    from packager.checks.armttk.run import ArmTtkRun  # rules without a prediction do not need it

    # A file without a schema is given the template of the file before it; every file's turn looks at all files.
    looked_at = {"template": turn.template, "file": turn.files}.get(rule.on)
    if looked_at is None:
        return _hits(rule, ArmTtkRun(turn, turn.template))
    key = (id(looked_at), turn.is_main and rule.on == "template")
    if key not in known:
        known[key] = _Said(_hits(rule, ArmTtkRun(turn, turn.template)))
    return known[key].of(turn.file)


def _inner_hits(rule: Rule, turn: "Turn", known: _Known) -> Iterable[Hit]:
    """What is said of the inner templates that the turn comes with."""
    from packager.checks.armttk.run import ArmTtkRun  # see above

    body = rule.body
    if not turn.inner or not body.inner or not {"object", "text"} & set(body.takes):
        return ()
    # The same inner templates come again with every linked file.
    key = (id(turn.inner), turn.is_main)
    if key not in known:
        runs = (ArmTtkRun(turn, inner, is_inner=True) for inner in turn.inner)
        known[key] = _Said(hit for run in runs for hit in _hits(rule, run))
    return known[key].of(turn.file)


def _hits(rule: Rule, run: "ArmTtkRun") -> Iterator[Hit]:
    body = rule.body
    assert body.prediction is not None
    target = run.target
    if run.is_inner and target is not None:
        lost = _lost_input(target, body.needs)
        if lost is not None:
            yield lost
            return
    yield from body.prediction(run)


def _lost_input(target: "TemplateInput", needs: tuple[str, ...]) -> Hit | None:
    """The error that a check with a mandatory input ends in when arm-ttk could not take an inner template out."""
    text = target.text
    if "text" in needs and (text is None or not text.value):
        message = "arm-ttk cannot find the text of this nested template, and this test fails for that alone"
        explanation = (
            "its patterns do not understand braces and brackets in strings, or names with characters other than "
            "letters, digits and '_'; rename the resource or property on the way to the template, or make the "
            "template a file of its own"
        )
        return Hit(target.spot(), message, sub="extraction", basis=Basis.ARM_TTK, explanation=explanation)
    return None


def judged(truths: list[Hit], predictions: Iterable[Judged]) -> Iterator[Judged]:
    """Every statement once: what both say with the words of the truth, what only one says as its own."""
    every = list(_distinct(predictions))
    places, matched = Places(one.hit.spot for one in every), set[int]()
    for hit in truths:
        numbers = places.take(hit.spot)
        matched.update(numbers)
        same = [every[number] for number in numbers]
        basis = hit.basis or (Basis.BOTH if same else Basis.PACKAGER)
        severity = max((one.arm_ttk_severity for one in same if one.arm_ttk_severity), default=None)
        yield Judged(hit, basis, hit.spot.document.name, severity)
    unmatched = (one for number, one in enumerate(every) if number not in matched)
    yield from (one._replace(basis=one.hit.basis or Basis.ARM_TTK) for one in unmatched)


def distinct(predictions: Iterable[Judged]) -> Iterator[Judged]:
    """Predictions at their true places, each once, however often arm-ttk repeats them."""
    return _distinct(predictions)


def _distinct(predictions: Iterable[Judged]) -> Iterator[Judged]:
    seen: set[tuple[str, tuple[str | int, ...], Span | None, str | None, str]] = set()
    for one in predictions:
        spot = one.hit.spot
        key = (spot.document.name, spot.path, spot.span, one.hit.sub, one.hit.message)
        if key not in seen:
            seen.add(key)
            yield one
