"""The engine: places, sources, crashes, and what is left out."""

import datetime

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Body, Hit, Rule
from packager.source.document import Document
from packager.source.sourcemap import Origin, SourceMap
from packager.source.span import Span

TEXT = '{\n  "$schema": "x/deploymentTemplate.json#",\n  "resources": []\n}\n'
DAY = datetime.date(2026, 11, 24)


def package(reported=None, source_map=None):
    documents = [Document.from_text(name, TEXT, source_map=source_map) for name in ("b.json", "a.json")]
    entries = {one.name: Entry(one.name, len(TEXT), TEXT.encode, one) for one in documents}
    return Package(Bundle("offer", "folder", None, entries, reported=reported), DAY)


def rule(check, name="some-rule"):
    return Rule(name, "m", "template", Severity.WARNING, EVERY_PROFILE, loaded=Body("Summary.", check))


def at_resources(template, _):
    yield Hit(template.spot(("resources",), key=True), "message")


def test_findings_are_sorted_and_know_their_place():
    found = run(package(), (rule(at_resources),), Config()).findings
    assert [(one.file, one.line, one.column, one.end_column, one.pointer) for one in found] == [
        ("a.json", 3, 3, 14, "/resources"),
        ("b.json", 3, 3, 14, "/resources"),
    ]
    assert {str(one.severity) for one in found} == {"warning"}


def test_a_rendered_place_knows_its_source():
    source_map = SourceMap(((0, Origin("t.json.j2", 7)),))
    (first, _) = run(package(source_map=source_map), (rule(at_resources),), Config()).findings
    assert first.source is not None
    assert (first.source.file, first.source.line) == ("t.json.j2", 7)


def test_only_what_was_asked_for_is_reported():
    found = run(package(frozenset({"b.json"})), (rule(at_resources),), Config()).findings
    assert [one.file for one in found] == ["b.json"]


def test_a_rule_that_crashes_becomes_a_finding_and_hides_no_other():
    def broken(template, _):
        raise KeyError("oops")
        yield

    report = run(package(), (rule(broken, "broken"), rule(at_resources)), Config())
    assert report.crashed
    assert [one.rule for one in report.findings] == ["internal-error", "some-rule", "some-rule"]
    assert "rule 'broken' failed: KeyError" in report.findings[0].message


def test_fingerprints_do_not_depend_on_messages():
    def says(message, start):
        def check(template, _):
            spot = template.spot(("resources",))
            yield Hit(spot._replace(span=Span(start, start + 5)), message)

        return run(package(), (rule(check),), Config()).findings[0].fingerprint

    assert says("3 days old", 10) == says("4 days old", 10)
    assert says("3 days old", 10) != says("3 days old", 11)


def test_fingerprints_do_not_depend_on_lines():
    before = run(package(), (rule(at_resources),), Config()).findings
    moved = package()
    for name in moved.bundle.entries:
        moved.bundle.document(name).text = "\n\n" + TEXT
    after = run(moved, (rule(at_resources),), Config()).findings
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]
    assert [one.line for one in after] == [5, 5]
