"""Rules on payloads: one cause is reported once, with and without the schemas of Kubernetes."""

import datetime

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.helm.schemas import library_folder

DAY = datetime.date(2026, 11, 26)
PLAIN_DATA = "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {password: 'hunter 22!'}\n"
WITHOUT_SELECTOR = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "a/web:1.0"}]}}}
"""


def errors(text):
    data = text.encode()
    entry = Entry("a.yaml", len(data), lambda: data)
    report = run(Package(Bundle("p", "folder", None, {"a.yaml": entry}), DAY), all_rules(), Config())
    return [one.rule for one in report.findings if str(one.severity) == "error"]


@pytest.mark.parametrize(
    ("text", "otherwise"), [(PLAIN_DATA, "secret-literal[object]"), (WITHOUT_SELECTOR, "selector-mismatch")]
)
def test_what_the_schemas_report_is_reported_once(text, otherwise, monkeypatch):
    if library_folder() is not None:
        assert errors(text) == ["object-schema"]
    for module in ("packager.helm.schemas", "packager.rules.payload.object_schema"):
        monkeypatch.setattr(f"{module}.library_folder", lambda: None)
    assert errors(text) == [otherwise]
