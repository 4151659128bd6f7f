"""What arm-ttk's reader takes; checked against the real one's verdicts where they are at hand."""

import json
import pathlib

import pytest

from packager.source.armttk import arm_ttk_readable
from packager.source.document import Document

PROBES = pathlib.Path(__file__).parents[3] / "shared" / "fixtures" / "arm-ttk-probes" / "probes.jsonl"


def readable(text: str) -> bool:
    return arm_ttk_readable(Document.from_text("a.json", text))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '\ufeff{"a":1}',
        "/*c*/{'a':1,b:[1,],}//x",
        '{"a":"x\ny"}',
        '{"a":NaN,"b":undefined,"c":-Infinity,"d":0x10,"e":012,"f":1e999,"g":"\\ud800"}',
        '{"a":1,"a":2}',
        '{"a":/*c*/1}',
        "9" * 380,
        "[" * 600 + "]" * 600,
        "[" * 1024 + "]" * 1024,
        "true",
        '"x"',
    ],
)
def test_accepted(text):
    assert readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"a":1,"A":2}',
        '{"":1}',
        '{"a"/*c*/:1}',
        "9" * 381,
        "[" * 1025 + "]" * 1025,
        '{"a":1 "b":2}',
        '{"a":1}/*',
        '{"a":+1}',
        "# x\n{}",
        '{"a":${b}}',
        "08",
    ],
)
def test_refused(text):
    assert not readable(text)


def test_encodings_that_we_refuse_and_it_detects():
    assert arm_ttk_readable(Document.from_bytes("a.json", '{"a": 1}'.encode("utf-16")))
    assert arm_ttk_readable(Document.from_bytes("a.json", b'{"a": "\xe4"}'))


def probes():
    if not PROBES.exists():
        return []
    lines = (json.loads(line) for line in PROBES.read_text("utf-8").splitlines())
    return [probe for probe in lines if probe["test"] == "JSONFiles-Should-Be-Valid" and probe["result"]]


@pytest.mark.skipif(not PROBES.exists(), reason="the recorded verdicts are not part of this repository")
def test_verdicts_of_the_real_tool():
    found = probes()
    assert len(found) > 100
    for probe in found:
        documents = [Document.from_text(name, text) for name, text in probe["files"].items()]
        # The check reads every file and calls what is falsy invalid, as PowerShell sees it: a false top value.
        valid = all(
            arm_ttk_readable(document) and document.value not in ([], None, False, "", 0) for document in documents
        )
        assert all(verdict["passed"] == valid for verdict in probe["result"].values()), probe["id"]
