"""Every rule on its own good and bad cases, found by folder: `tests/rules/<rule-id>/good|bad/<case>`.

A case is a JSON or YAML file or the folder of a whole package. What a bad case must give stands in a comment on the
very line, `// expect: rule-id[sub] basis` or `# expect: ...` (several with commas; sub-id and basis only where they
matter), or in `<case>.expect` beside the case, a line `file:line rule-id[sub] basis` each. Nothing else may be found by
that rule.

A case is checked with profile `marketplace`, or with the one that its name starts with: `azure-local.cluster.json`.
"""

import datetime
import pathlib
import re
import shutil

import pytest

from packager.checks.config import PROFILES, Config
from packager.checks.engine import run
from packager.checks.registry import all_rules
from packager.helm.schemas import library_folder
from packager.pipeline.opening import open_bundle, package_of

HERE = pathlib.Path(__file__).parent
DAY = datetime.date(2026, 11, 23)
EXPECT = re.compile(r"(?://|#)\s*expect:\s*(.+?)\s*$|/\*\s*expect:\s*(.+?)\s*\*/")
CASES = sorted(case for kind in ("good", "bad") for case in HERE.glob(f"*/{kind}/*") if case.suffix != ".expect")


def expectations(case):
    files = [case] if case.is_file() else sorted(one for one in case.rglob("*") if one.is_file())
    for file in files:
        name = file.name if case.is_file() else file.relative_to(case).as_posix()
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            found = EXPECT.search(line)
            for one in (found.group(1) or found.group(2)).split(",") if found else ():
                yield name, number, one.strip()
    beside = case.with_name(case.name + ".expect")
    if beside.exists():
        for line in beside.read_text(encoding="utf-8").splitlines():
            place, _, wanted = line.partition(" ")
            name, _, number = place.rpartition(":")
            yield name, int(number), wanted.strip()


def met(finding, wanted):
    name, _, basis = wanted.partition(" ")
    return name in {finding.rule, finding.rule_id} and basis in {"", str(finding.basis)}


def profile_of(case):
    named = next((one for one in PROFILES if case.name.startswith(f"{one}.")), None)
    return named or "marketplace"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(HERE).as_posix())
def test_case(case, tmp_path):
    rule_id = case.parts[-3]
    if rule_id == "object-schema" and library_folder() is None:
        pytest.skip("kubernetes-validate, which has the schemas, is not installed")
    if case.is_file():
        # Alone in its folder: its neighbours are other cases, not its package.
        shutil.copy(case, tmp_path / case.name)
        path = tmp_path / case.name
    else:
        path = tmp_path / "package"
        shutil.copytree(case, path)
    config = Config(profile=profile_of(case), select=frozenset({rule_id}))
    report = run(package_of(open_bundle(str(path)), DAY, config), all_rules(), config)
    wanted = list(expectations(case))
    assert (case.parts[-2] == "bad") == bool(wanted), "a bad case expects something, a good one nothing"
    found = [(one.file, one.line, f"{one.rule} {one.basis}", one.message) for one in report.findings]
    missing = [
        place
        for place in wanted
        if not any((one.file, one.line) == place[:2] and met(one, place[2]) for one in report.findings)
    ]
    unexpected = [
        shown
        for shown, one in zip(found, report.findings, strict=True)
        if not any((one.file, one.line) == place[:2] and met(one, place[2]) for place in wanted)
    ]
    assert (missing, unexpected) == ([], [])


def test_every_folder_names_a_rule():
    folders = {path.name for path in HERE.iterdir() if (path / "bad").is_dir() or (path / "good").is_dir()}
    assert folders - {rule.id for rule in all_rules()} == set()
