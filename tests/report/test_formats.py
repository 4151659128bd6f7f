"""Every format, compared as a whole."""

import json
import xml.etree.ElementTree as ET

import pytest

from packager.checks.engine import Report
from packager.checks.finding import Basis, Finding, Severity, SourcePlace
from packager.report.formats import FORMATS, Context, write_report

ONE = Finding(
    rule="form-handler[unknown]",
    severity=Severity.ERROR,
    message="50% wrong: <a>,\nb",
    path="offer",
    plan=None,
    file="createUiDefinition.json",
    line=3,
    column=5,
    end_line=3,
    end_column=9,
    pointer="/handler",
    basis=Basis.BOTH,
    arm_ttk="Handler-Must-Be-Correct",
    fingerprint="f1",
    source=SourcePlace("ui/form.json.j2", 7),
    excerpt='  "X"\n  ^^^',
)
TWO = ONE._replace(
    rule="json-syntax",
    severity=Severity.WARNING,
    message="bad \x1b[31m name",
    file="nested/a.json",
    source=None,
    arm_ttk=None,
    basis=Basis.PACKAGER,
    excerpt="",
)
CONTEXT = Context("1.2.3", paths=("offer",), roots={"offer": ".."})
REPORT = Report((ONE,), 2)


def test_text():
    assert write_report("text", REPORT, CONTEXT) == (
        "../ui/form.json.j2:7:1: error form-handler[unknown] 50% wrong: <a>, b\n"
        '      "X"\n'
        "      ^^^\n"
        "    rendered as createUiDefinition.json:3:5\n"
        "checked 2 files of offer: 1 error, 0 warnings, 0 info\n"
        "certification would refuse this: Handler-Must-Be-Correct\n"
    )


def test_text_without_an_offer_shows_the_path_as_it_was_given():
    report = Report((TWO, TWO._replace(path=".")), 2, suppressed=3, baselined=2)
    assert write_report("text", report, Context("1.2.3", paths=("offer", "."))) == (
        "offer/nested/a.json:3:5: warning json-syntax bad \ufffd[31m name\n"
        "nested/a.json:3:5: warning json-syntax bad \ufffd[31m name\n"
        "checked 2 files of 2 PATHs: 0 errors, 2 warnings, 0 info (1 suppressed, 2 in the baseline)\n"
    )


def test_text_says_once_what_a_source_line_becomes_in_several_plans():
    both = (ONE._replace(plan="a"), TWO, ONE._replace(plan="b", file="nested/x.json", line=8))
    lines = write_report("text", Report(both, 2), CONTEXT).splitlines()
    assert "1 error, 1 warning, 0 info" in lines[-2]
    assert lines[:5] == [
        "../ui/form.json.j2:7:1: error form-handler[unknown] 50% wrong: <a>, b",
        '      "X"',
        "      ^^^",
        "    rendered as createUiDefinition.json:3:5 of plan a",
        "    rendered as nested/x.json:8:5 of plan b",
    ]


def test_quiet_text_is_one_line_a_finding():
    context = Context("1.2.3", paths=("offer",), quiet=True)
    assert write_report("text", REPORT, context) == (
        "ui/form.json.j2:7:1: error form-handler[unknown] 50% wrong: <a>, b\n"
    )


def test_coloured_text():
    context = Context("1.2.3", paths=("x/a.json",), color=True)
    report = Report((TWO._replace(path="x/a.json", file="a.json", excerpt="code\n^^"),), 1)
    first, code, caret, _ = write_report("text", report, context).splitlines()
    assert first == "\033[1mx/a.json:3:5:\033[0m \033[33mwarning\033[0m \033[2mjson-syntax\033[0m bad \ufffd[31m name"
    assert (code, caret) == ("    code", "    \033[33m^^\033[0m")


def test_what_is_hidden_still_fails_certification():
    hidden = Report((), 1, suppressed=1, hidden=(ONE,))
    assert json.loads(write_report("json", hidden, CONTEXT))["certification"]["blocking"] == ["Handler-Must-Be-Correct"]
    assert "certification would refuse this: Handler-Must-Be-Correct" in write_report("text", hidden, CONTEXT)


def test_json():
    assert json.loads(write_report("json", REPORT, CONTEXT)) == {
        "schema": 1,
        "tool": {"name": "packager", "version": "1.2.3"},
        "summary": {"error": 1, "warning": 0, "info": 0, "suppressed": 0, "files": 2},
        "certification": {"blocking": ["Handler-Must-Be-Correct"], "warning": []},
        "findings": [
            {
                "rule": "form-handler",
                "severity": "error",
                "message": "50% wrong: <a>,\nb",
                "path": "offer",
                "plan": None,
                "file": "createUiDefinition.json",
                "line": 3,
                "column": 5,
                "endLine": 3,
                "endColumn": 9,
                "pointer": "/handler",
                "source": {"file": "ui/form.json.j2", "line": 7},
                "related": [],
                "basis": "both",
                "fingerprint": "f1",
                "fixable": False,
            }
        ],
    }


def test_sarif():
    (run,) = json.loads(write_report("sarif", REPORT, CONTEXT))["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert {name: rule[name] for name in ("id", "helpUri", "shortDescription")} == {
        "id": "form-handler",
        "helpUri": "docs/rules/form-handler.md",
        "shortDescription": {"text": "The form's `handler` is missing or unknown"},
    }
    assert rule["help"]["text"].startswith(rule["shortDescription"]["text"])
    assert run["results"] == [
        {
            "ruleId": "form-handler",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "50% wrong: <a>,\nb"},
            "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": "../ui/form.json.j2"}, "region": {"startLine": 7}}}
            ],
            "partialFingerprints": {"packager/v1": "f1"},
            "properties": {"basis": "both", "rule": "form-handler[unknown]", "pointer": "/handler"},
        }
    ]


def test_sarif_is_what_the_standard_says():
    model = pytest.importorskip("sarif_pydantic", reason="sarif-pydantic, of the extra dev, is not installed")
    for report in (REPORT, Report((ONE, TWO), 2), Report((), 0)):
        model.Sarif.model_validate_json(write_report("sarif", report, CONTEXT))


def test_junit():
    assert write_report("junit", REPORT, CONTEXT) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites tests="1" failures="1" errors="0">\n'
        '  <testsuite name="packager" tests="1" failures="1" errors="0">\n'
        '    <testcase classname="form-handler[unknown]" name="../ui/form.json.j2:7:1">\n'
        '      <failure type="error" message="50% wrong: &lt;a&gt;,&#10;b">'
        '../ui/form.json.j2:7:1: 50% wrong: &lt;a&gt;,\nb\n  "X"\n  ^^^</failure>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_junit_is_xml_whatever_a_message_holds():
    odd = ONE._replace(message="".join(map(chr, (*range(0x20), 0x7F, 0xD800, 0xFFFE, 0xFFFF, 0x1F600))) + "]]>&")
    root = ET.fromstring(write_report("junit", Report((odd,), 1), CONTEXT))
    message = root.find(".//failure").get("message")
    assert message == "�" * 9 + "\t\n" + "�" * 2 + "\r" + "�" * 18 + "\x7f" + "�" * 3 + "😀]]>&"


@pytest.mark.parametrize(("files", "errors"), [(2, 0), (0, 1)])
def test_junit_is_green_only_when_something_was_checked(files, errors):
    root = ET.fromstring(write_report("junit", Report((), files), CONTEXT))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("1", "0", str(errors))
    assert [one.get("message") for one in root.iter("error")] == ["nothing was checked; stderr says why"] * errors


def test_github():
    assert write_report("github", REPORT, CONTEXT) == (
        "::error file=../ui/form.json.j2,line=7,title=form-handler[unknown]::50%25 wrong: <a>,%0Ab\n"
    )


def test_azure():
    assert write_report("azure", REPORT, CONTEXT) == (
        "##vso[task.logissue type=error;sourcepath=../ui/form.json.j2;linenumber=7;code=form-handler[unknown%5D]"
        "50%AZP25 wrong: <a>,%0Ab\n"
    )


def test_places_in_files_have_columns_too():
    report, context = Report((TWO,), 1), Context("1.2.3", paths=("offer",))
    assert write_report("github", report, context).startswith("::warning file=offer/nested/a.json,line=3,col=5,title=")
    place = "type=warning;sourcepath=offer/nested/a.json;linenumber=3;columnnumber=5;code=json-syntax"
    assert write_report("azure", report, context).startswith(f"##vso[task.logissue {place}]")
    (run,) = json.loads(write_report("sarif", report, context))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "offer/nested/a.json"},
        "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
    }


def test_every_format_takes_an_empty_report():
    for name in FORMATS:
        assert isinstance(write_report(name, Report((), 1), CONTEXT), str)
