import os
import pathlib
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packager.errors import UsageError
from packager.offer.load import load_offer, select_plans
from packager.offer.model import ArtifactFile, ChartReference, Delimiters, SourceFile

OFFER = """\
schema: 1
id: acme-app
publisher: acme
kind: managed-application
version: 1.0.0
variables: {chartVersion: 17.2.0}
plans:
  - id: standard
    ui: ui/createUiDefinition.json.j2
    template: {from: template/mainTemplate.json.j2, delimiters: {variable: ["<<", ">>"]}}
    view: ./view.json
    variables: {highAvailability: true}
    artifacts:
      - {from: template/nested/*.json.j2, to: nested/}
      - {from: ./scripts/, to: scripts/}
    helm:
      - release: moja
        namespace: mojaloop
        chart: {repository: "https://example.org/charts", name: mojaloop, version: 17.2.0, digest: "sha256:%s"}
        values: [offers/acme/values.yaml.j2]
  - id: small
    kind: solution-template
    version: 2.0.0
    ui: ui/createUiDefinition.json.j2
    template: template/main.bicep
""" % ("0" * 64)

FILES = (
    "ui/createUiDefinition.json.j2",
    "template/mainTemplate.json.j2",
    "template/main.bicep",
    "template/nested/db.json.j2",
    "template/nested/_part.json.j2",
    "offers/acme/view.json",
    "offers/acme/scripts/install.sh",
    "offers/acme/values.yaml.j2",
    "charts/demo/Chart.yaml",
    "charts/demo-1.0.0.tgz",
)


@pytest.fixture
def root(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "pyproject.toml").touch()
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def write(root: pathlib.Path, text: str) -> pathlib.Path:
    file = root / "offers" / "acme" / "offer.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def problems(root: pathlib.Path, text: str) -> list[tuple[int, str]]:
    loaded = load_offer(write(root, text))
    assert (loaded.offer is None) == any(problem.severity == "error" for problem in loaded.problems)
    return [(problem.place.line, problem.message) for problem in loaded.problems]


def test_an_offer_is_read_whole(root: pathlib.Path) -> None:
    loaded = load_offer(write(root, OFFER))
    assert loaded.problems == ()
    offer = loaded.offer
    assert offer is not None
    assert (offer.id, offer.publisher, offer.kind, offer.version) == (
        "acme-app",
        "acme",
        "managed-application",
        "1.0.0",
    )
    assert (offer.name, offer.root, offer.variables) == ("offers/acme/offer.yaml", root, {"chartVersion": "17.2.0"})
    standard, small = offer.plans
    at = ("plans", 0)
    assert standard.ui == SourceFile("ui/createUiDefinition.json.j2", Delimiters(), (*at, "ui"))
    assert standard.template.delimiters == Delimiters(variable=("<<", ">>"))
    assert standard.view == SourceFile("offers/acme/view.json", Delimiters(), (*at, "view"))
    assert [artifact.files for artifact in standard.artifacts] == [
        (ArtifactFile("template/nested/db.json.j2", "nested/db.json"),),
        (ArtifactFile("offers/acme/scripts/install.sh", "scripts/install.sh"),),
    ]
    (release,) = standard.helm
    chart_at = (*at, "helm", 0, "chart")
    assert release.chart == ChartReference(
        "repository", "https://example.org/charts", "mojaloop", "17.2.0", "sha256:" + "0" * 64, chart_at
    )
    assert [source.path for source in release.values] == ["offers/acme/values.yaml.j2"]
    assert (small.kind, small.version, small.template.path) == ("solution-template", "2.0.0", "template/main.bicep")


CHANGES: dict[str, tuple[str, str, list[tuple[int, str]]]] = {
    "wrong kind of chart path": (
        'chart: {repository: "https://example.org/charts", name: mojaloop, version: 17.2.0, digest: "sha256:%s"}'
        % ("0" * 64),
        "chart: {path: charts/demoo}",
        [(19, "'charts/demoo' does not exist; did you mean 'demo'?")],
    ),
    "two ways to a chart": (
        "chart: {repository",
        "chart: {path: charts/demo, repository",
        [(19, "a chart has exactly one of 'path', 'archive' and 'repository'")],
    ),
    "chart without a version": (
        "name: mojaloop, version: 17.2.0,",
        "name: mojaloop,",
        [(19, "a chart of a repository needs 'version'")],
    ),
    "chart without a digest": (
        ', digest: "sha256:%s"' % ("0" * 64),
        "",
        [
            (
                19,
                (
                    "chart 'mojaloop' has no digest, so what customers install cannot be compared with what was "
                    "tested; add 'digest: sha256:...' of its archive, or run 'packager helm lock'"
                ),
            )
        ],
    ),
    "values that are no YAML": (
        "offers/acme/values.yaml.j2",
        "offers/acme/scripts/install.sh",
        [(20, "'offers/acme/scripts/install.sh' is no values file; values are .yaml, .yml or .json")],
    ),
    "missing file": (
        "ui: ui/createUiDefinition.json.j2\n    template: {",
        "ui: ui/createUiDefinitions.json.j2\n    template: {",
        [(9, "'ui/createUiDefinitions.json.j2' does not exist; did you mean 'createUiDefinition.json.j2'?")],
    ),
    "file that leaves": (
        "./view.json",
        "../../../view.json",
        [(11, "path '../../../view.json' leaves the repository")],
    ),
    "same delimiters": (
        '{variable: ["<<", ">>"]}',
        '{variable: ["{%", "%}"]}',
        [(10, "block, variable and comment must start differently")],
    ),
    "delimiters of a file that is not rendered": (
        "view: ./view.json",
        'view: {from: ./view.json, delimiters: {block: ["<%", "%>"]}}',
        [(11, "'offers/acme/view.json' is not rendered, so its delimiters mean nothing; end its name in .j2")],
    ),
    "source of another kind": (
        "view: ./view.json",
        "view: ./scripts/install.sh",
        [(11, "'offers/acme/scripts/install.sh' is none of .json, .jsonc, .yaml, .yml (each may end in .j2)")],
    ),
    "same plan id": ("id: small", "id: standard", [(21, "plan id 'standard' is there already; ids are unique")]),
    "reserved variable": (
        "{highAvailability: true}",
        "{offer: true}",
        [(12, "variable 'offer' would hide a name that every source has; call it something else")],
    ),
    "artifact over the template": (
        "{from: ./scripts/, to: scripts/}",
        "{from: ./scripts/install.sh, to: MainTemplate.json}",
        [
            (
                15,
                (
                    "'offers/acme/scripts/install.sh' cannot go into the package: 'MainTemplate.json' differs from "
                    "'mainTemplate.json' only in case; change 'from' or 'to'"
                ),
            )
        ],
    ),
    "artifact over the payload": (
        "{from: ./scripts/, to: scripts/}",
        "{from: ./scripts/install.sh, to: helm/moja-values.yaml}",
        [
            (
                15,
                (
                    "'offers/acme/scripts/install.sh' cannot go into the package: 'helm/moja-values.yaml' is there "
                    "already; change 'from' or 'to'"
                ),
            )
        ],
    ),
    "artifact that is not there": (
        "./scripts/, to",
        "./script/, to",
        [(15, "'offers/acme/script' does not exist; did you mean 'scripts'?")],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES.values(), ids=CHANGES)
def test_problems_have_a_line(root: pathlib.Path, old: str, new: str, expected: list[tuple[int, str]]) -> None:
    assert OFFER.count(old) == 1
    assert problems(root, OFFER.replace(old, new)) == expected


def test_what_plans_share_is_told_once(root: pathlib.Path) -> None:
    text = OFFER.replace("    artifacts:\n", "    artifacts: &all\n").replace("./scripts/, to", "./script/, to")
    assert len(problems(root, text + "    artifacts: *all\n")) == 1


def shape_problems(root: pathlib.Path, change: dict[str, Any]) -> list[tuple[str, str]]:
    value = yaml.safe_load(OFFER) | change
    loaded = load_offer(write(root, yaml.safe_dump(value, sort_keys=False)))
    assert loaded.offer is None
    return [("/".join(map(str, problem.path)), problem.code) for problem in loaded.problems]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"schema": 2}, "schema"),
        ({"id": "Acme"}, "id"),
        ({"id": "ab"}, "id"),
        ({"kind": "vm"}, "kind"),
        ({"version": "1.0"}, "version"),
        ({"version": 1.0}, "version"),
        ({"plans": []}, "plans"),
        ({"plans": None}, "plans"),
        ({"publisher": ""}, "publisher"),
    ],
)
def test_shape(root: pathlib.Path, change: dict[str, Any], path: str) -> None:
    assert shape_problems(root, change) == [(path, "offer-schema")]


def test_an_unknown_key_suggests_the_nearest(root: pathlib.Path) -> None:
    ((line, message),) = problems(root, OFFER.replace("    helm:", "    hlm:"))
    assert line == 16
    assert "'hlm'" in message
    assert "'helm'" in message


@pytest.mark.parametrize(
    "text", ["", "[]", "text", "schema: 1\n  id: x\n", "{", "a: &a [*a]", "\0", "schema: 1\nschema: 1\n"]
)
def test_no_offer_at_all(root: pathlib.Path, text: str) -> None:
    loaded = load_offer(write(root, text))
    assert loaded.offer is None
    assert loaded.problems
    assert all(problem.place.line >= 1 for problem in loaded.problems)


def test_an_unreadable_file_is_an_error_of_usage(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        load_offer(tmp_path / "offer.yaml")
    with pytest.raises(UsageError, match="is a folder"):
        load_offer(tmp_path)
    with pytest.raises(UsageError, match="cannot be read"):
        load_offer(tmp_path / ("x" * 5000))
    if os.name == "posix":
        (tmp_path / "loop.yaml").symlink_to("loop.yaml")
        with pytest.raises(UsageError, match=r"cannot be read|does not exist"):
            load_offer(tmp_path / "loop.yaml")


def test_plans_are_selected_by_id(root: pathlib.Path) -> None:
    offer = load_offer(write(root, OFFER)).offer
    assert offer is not None
    assert [plan.id for plan in select_plans(offer)] == ["standard", "small"]
    assert [plan.id for plan in select_plans(offer, ("small",))] == ["small"]
    with pytest.raises(UsageError, match="has no plan 'smal'; did you mean 'small'"):
        select_plans(offer, ("smal",))


LISTING = """\
name: Acme
summary: One sentence
description: {from: ./description.html}
keywords: [a, b]
links: [{title: Docs, url: https://example.org}]
support: {name: A, email: a@example.org, phone: "1", url: https://example.org}
logos: {large: ./large.png}
screenshots: [{image: ./one.png, caption: One}]
plans:
  standard: {name: Standard, summary: S, description: D}
"""


def test_a_listing_is_read(root: pathlib.Path) -> None:
    folder = root / "offers" / "acme"
    (folder / "listing.yaml").write_text(LISTING, encoding="utf-8")
    (folder / "description.html").write_text("<p>ü</p>", encoding="utf-8")
    for name in ("large.png", "one.png"):
        (folder / name).touch()
    loaded = load_offer(write(root, OFFER + "listing: ./listing.yaml\n"))
    assert loaded.problems == ()
    assert loaded.offer is not None
    listing = loaded.offer.listing
    assert listing is not None
    assert (listing.name, listing.description, listing.keywords) == ("Acme", "<p>ü</p>", ("a", "b"))
    assert listing.logos == {"large": "offers/acme/large.png"}
    assert [(picture.path, picture.caption) for picture in listing.screenshots] == [("offers/acme/one.png", "One")]
    assert [plan.plan for plan in listing.plans] == ["standard"]


def test_a_text_in_markdown_is_converted_unless_it_is_far_too_long(root: pathlib.Path) -> None:
    folder = root / "offers" / "acme"
    (folder / "listing.yaml").write_text("description: {from: ./description.md}\n", encoding="utf-8")
    offer = write(root, OFFER + "listing: ./listing.yaml\n")
    (folder / "description.md").write_text("Keeps **books**", encoding="utf-8")
    loaded = load_offer(offer).offer
    assert loaded is not None
    assert loaded.listing is not None
    assert loaded.listing.description == "<p>Keeps <b>books</b></p>\n"
    (folder / "description.md").write_text("[" * 20_001, encoding="utf-8")
    (problem,) = load_offer(offer).problems
    assert problem.message == (
        "'offers/acme/description.md' has 20,001 characters; 20,000 are converted; "
        "the store takes 5,000 of a description"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  standard:", "  standrd:", (10, "the offer has no plan 'standrd'; did you mean 'standard'?")),
        ("./one.png", "./two.png", (8, "'offers/acme/two.png' does not exist; did you mean 'one.png'?")),
        (
            "./description.html",
            "./description.htm",
            (3, "'offers/acme/description.htm' does not exist; did you mean 'description.html'?"),
        ),
    ],
)
def test_problems_of_a_listing_are_in_its_own_file(
    root: pathlib.Path, old: str, new: str, expected: tuple[int, str]
) -> None:
    folder = root / "offers" / "acme"
    for name in ("large.png", "one.png", "description.html"):
        (folder / name).touch()
    (folder / "listing.yaml").write_text(LISTING.replace(old, new), encoding="utf-8")
    loaded = load_offer(write(root, OFFER + "listing: ./listing.yaml\n"))
    assert [(problem.place.line, problem.message) for problem in loaded.problems] == [expected]
    assert loaded.problems[0].document.name == "offers/acme/listing.yaml"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(OFFER)),
    st.integers(0, 40),
    st.sampled_from(
        ["", "\n", "\t", "- ", "[", "}", ": ", "'", "../", "null", "1e5", "*", "&a", "\udcff", "\0", "é", "?" * 30]
    ),
)
def test_any_offer_is_read_or_has_problems(root: pathlib.Path, start: int, length: int, noise: str) -> None:
    file = root / "offers" / "acme" / "offer.yaml"
    text = OFFER[:start] + noise + OFFER[start + length :]
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    loaded = load_offer(file)
    assert loaded.offer is not None or loaded.problems
    assert all(problem.place.line >= 1 and problem.message for problem in loaded.problems)
