"""Every format, compared as a whole."""

import json

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
CONTEXT = Context("1.2.3", paths=("offer",))
REPORT = Report((ONE,), 2)


def test_text():
    assert write_report("text", REPORT, CONTEXT) == (
        "createUiDefinition.json:3:5: error form-handler[unknown] 50% wrong: <a>,\nb\n"
        "    from ui/form.json.j2:7\n"
        '      "X"\n'
        "      ^^^\n"
        "checked 2 files: 1 error, 0 warnings, 0 info\n"
    )


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
    assert run["tool"]["driver"]["rules"] == [{"id": "form-handler", "helpUri": "docs/rules/form-handler.md"}]
    assert run["results"] == [
        {
            "ruleId": "form-handler",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "50% wrong: <a>,\nb"},
            "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": "ui/form.json.j2"}, "region": {"startLine": 7}}}
            ],
            "partialFingerprints": {"packager/v1": "f1"},
            "properties": {"basis": "both", "rule": "form-handler[unknown]", "pointer": "/handler"},
        }
    ]


def test_junit():
    assert write_report("junit", REPORT, CONTEXT) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites tests="1" failures="1" errors="0">\n'
        '  <testsuite name="packager" tests="1" failures="1" errors="0">\n'
        '    <testcase classname="form-handler[unknown]" name="createUiDefinition.json:3:5">\n'
        '      <failure type="error" message="50% wrong: &lt;a&gt;,&#10;b">'
        'createUiDefinition.json:3:5: 50% wrong: &lt;a&gt;,\nb\n  "X"\n  ^^^</failure>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_github():
    assert write_report("github", REPORT, CONTEXT) == (
        "::error file=ui/form.json.j2,line=7,title=form-handler[unknown]::50%25 wrong: <a>,%0Ab\n"
    )


def test_azure():
    assert write_report("azure", REPORT, CONTEXT) == (
        "##vso[task.logissue type=error;sourcepath=ui/form.json.j2;linenumber=7;code=form-handler[unknown%5D]"
        "50%AZP25 wrong: <a>,%0Ab\n"
    )


def test_every_format_takes_an_empty_report():
    for name in FORMATS:
        assert isinstance(write_report(name, Report((), 1), CONTEXT), str)
