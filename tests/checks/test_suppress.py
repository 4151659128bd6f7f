"""What comments do to a report."""

import datetime
from dataclasses import replace

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.finding import Severity, SourcePlace
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Body, Hit, Rule
from packager.checks.suppress import Scope, suppress
from packager.source.document import Document
from packager.source.sourcemap import Origin, SourceMap

TEXT = '{\n  "$schema": "x/deploymentTemplate.json#",\n  "resources": [] // packager: ignore RULE\n}\n'


def at_resources(template, _):
    yield Hit(template.spot(("resources",), key=True), "message", sub="sub")


def rule(name="some-rule", arm_ttk="Some-Test"):
    return Rule(name, "m", "template", Severity.WARNING, EVERY_PROFILE, arm_ttk, loaded=Body("Summary.", at_resources))


def outcome(said, config=None, rules=None, **scope):
    config, rules = config or Config(), rules or (rule(),)
    document = Document.from_text("a.json", TEXT.replace("RULE", said))
    entries = {"a.json": Entry("a.json", 1, document.text.encode, document)}
    report = run(Package(Bundle("p", "folder", None, entries), datetime.date(2026, 11, 24)), rules, config)
    report = suppress(report, [document], config, Scope("p", rules, **scope))
    return [(one.rule, one.line) for one in report.findings], report.suppressed


def test_ids_sub_ids_and_names_of_arm_ttk_match():
    for said in ("some-rule", "some-rule[sub]", "Some-Test", "SOME-RULE"):
        assert outcome(f"{said} -- why") == ([], 1)


def test_another_sub_id_does_not_match():
    assert outcome("some-rule[other] -- why") == ([("some-rule[sub]", 3), ("suppression-unused", 3)], 0)


def test_a_comment_without_a_reason_works_and_is_reported():
    assert outcome("some-rule") == ([("suppression-without-reason", 3)], 1)


def test_an_unknown_rule_is_reported():
    assert outcome("some-rule, no-rule -- why") == ([("suppression-unknown", 3)], 1)
    assert outcome("-- why") == ([("some-rule[sub]", 3), ("suppression-unknown", 3)], 0)


def test_unused_is_only_what_ran_and_saw_everything():
    both = (rule(), rule("other-rule", "Other-Test"))
    said = "some-rule, other-rule -- why"
    assert outcome(said, rules=both) == ([], 2)
    assert outcome(said, Config(ignore=frozenset({"other-rule"})), both) == ([], 1)
    nothing = Body("Summary.", lambda *_: iter(()))
    silent = (rule(), replace(rule("silent-rule", None), loaded=nothing))
    assert outcome("silent-rule -- why", rules=silent, complete=False) == ([("some-rule[sub]", 3)], 0)
    assert outcome("silent-rule -- why", rules=silent) == ([("some-rule[sub]", 3), ("suppression-unused", 3)], 0)


def test_profile_arm_ttk_reads_no_comments():
    prediction = Config("arm-ttk")
    assert outcome("some-rule, no-rule", prediction)[1] == 0


def test_the_profile_strict_and_the_user_decide_about_complaints():
    document = Document.from_text("a.json", TEXT.replace("RULE", "no-rule -- why"))
    strict = suppress(_empty(), [document], Config("strict"), Scope("p", (rule(),)))
    assert [one.severity for one in strict.findings] == [Severity.ERROR]
    ignored = Config(ignore=frozenset({"suppression-unknown"}))
    assert suppress(_empty(), [document], ignored, Scope("p", (rule(),))).findings == ()


def test_a_rendered_finding_matches_by_its_source():
    source_map = SourceMap(((0, Origin("t.json.j2", 7)),))
    document = Document.from_text("a.json", TEXT, source_map=source_map)
    entries = {"a.json": Entry("a.json", 1, TEXT.encode, document)}
    report = run(Package(Bundle("o", "offer", "p", entries), datetime.date(2026, 11, 24)), (rule(),), Config())
    source = Document.from_text("t.json.j2", "\n" * 5 + "{# packager: ignore some-rule -- why #}\n{}\n")
    scope = Scope("o", (rule(),), sources=frozenset({"t.json.j2"}))
    assert suppress(report, [source], Config(), scope).findings == ()
    unused = Document.from_text("t.json.j2", "{# packager: ignore some-rule -- why #}\n{}\n")
    found = suppress(report, [unused], Config(), scope).findings
    assert [(one.rule, one.source) for one in found] == [
        ("suppression-unused", SourcePlace("t.json.j2", 1)),
        ("some-rule[sub]", SourcePlace("t.json.j2", 7)),
    ]


def test_fingerprints_of_complaints_have_no_lines():
    one, two = (Document.from_text("a.yaml", "\n" * n + "# packager: ignore no-rule -- why\n") for n in (0, 3))
    scope = Scope("p", (rule(),))
    first, second = (suppress(_empty(), [document], Config(), scope).findings[0] for document in (one, two))
    assert (first.line, second.line) == (1, 4)
    assert first.fingerprint == second.fingerprint


def _empty():
    return run(Package(Bundle("p", "folder", None, {}), datetime.date(2026, 11, 24)), (), Config())
