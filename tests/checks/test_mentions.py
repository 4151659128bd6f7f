"""Tests of arm-ttk whose words no file mentions are passed over."""

import datetime
import json
import subprocess
import sys

from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.pipeline.opening import open_bundle

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
MACHINE = {
    "type": "Microsoft.Compute/virtualMachines",
    "properties": {"hardwareProfile": {"vmSize": "Standard_D2"}},
}
CONFIG = Config(profile="arm-ttk", select=frozenset({"vm-size-literal"}))


def written(folder, text):
    (folder / "mainTemplate.json").write_text(text)
    return Package(open_bundle(str(folder)), datetime.date(2026, 11, 24))


def template(*resources):
    return json.dumps({"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": resources})


def test_a_word_may_hide_behind_escapes(tmp_path):
    text = template(MACHINE).replace("vmSize", "vm\\u0053ize")
    (found,) = run(written(tmp_path, text), all_rules(), CONFIG).findings
    assert found.rule == "vm-size-literal"


def test_words_are_looked_for_in_any_case(tmp_path):
    package = written(tmp_path, template(MACHINE))
    assert package.mentions(("nothing", "vmsize"))
    assert not package.mentions(("storageprofile",))
    assert not package.mentions(())


def test_what_no_file_mentions_is_not_loaded(tmp_path):
    written(tmp_path, template())
    code = (
        "import sys; from packager.cli.main import run; run(sys.argv[1:]); "
        "print('packager.rules.template.vm_size_literal' in sys.modules)"
    )
    command = [sys.executable, "-c", code, "check", str(tmp_path), "--profile", "arm-ttk"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.endswith("False\n")


def test_every_rule_says_its_words_in_lower_case_letters():
    words = [word for rule in all_rules() for word in rule.mentions or ()]
    assert words
    assert [word for word in words if word.lower() != word or not word.replace("_", "").isalpha()] == []
