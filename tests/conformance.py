"""Compares profile `arm-ttk` with recorded verdicts of the real arm-ttk: `make conformance CORPUS=FOLDER`.

FOLDER holds `verdicts.json` and the packages, unpacked in `packages/` or as `packages.tar.xz`. In `verdicts.json`,
`sets` names the tests that were run, and `packages[folder][file]` is `{"ran": set, "failed": {test: [...]}}`. Prints
the agreement of each test and every disagreement, with file and line where there is a finding; exits with 1 if there is
any.
"""

import collections
import datetime
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.finding import Finding, Severity
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.pipeline.opening import open_bundle

CONFIG = Config(profile="arm-ttk")
UNSET = "no corpus to compare with: make conformance CORPUS=FOLDER names a folder with verdicts.json and packages\n"


def errors_in(folder: Path, day: datetime.date) -> dict[tuple[str, str], Finding]:
    """The first error of each file and test."""
    found: dict[tuple[str, str], Finding] = {}
    for finding in run(Package(open_bundle(str(folder)), day), all_rules(), CONFIG).findings:
        if finding.severity is Severity.ERROR:
            found.setdefault((finding.file, finding.arm_ttk or finding.rule), finding)
    return found


def compared(packages: Path, verdicts: dict[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """Every pair of file and test: the test, whether both agree, and what is to be said where they do not."""
    day = datetime.date.fromisoformat(verdicts.get("engine", {}).get("testDate", "2026-11-23"))
    for folder, files in verdicts["packages"].items():
        errors = errors_in(packages / folder, day)
        for file, verdict in files.items():
            for test in verdicts["sets"][verdict["ran"]]:
                finding, fails = errors.get((file, test)), test in verdict["failed"]
                place = f"{folder}/{file}:{finding.line}" if finding else f"{folder}/{file}"
                said = f"{place}: {test}: arm-ttk {'fails' if fails else 'passes'}"
                yield test, (finding is not None) == fails, f"{said}{f'; {finding.message}' if finding else ''}"


def report(packages: Path, verdicts: dict[str, Any]) -> int:
    """Print what agrees and what does not."""
    pairs, agreed = collections.Counter[str](), collections.Counter[str]()
    for test, same, said in compared(packages, verdicts):
        pairs[test] += 1
        agreed[test] += same
        if not same:
            sys.stdout.write(f"{said}\n")
    for test in sorted(pairs):
        sys.stdout.write(f"{agreed[test]:6} of {pairs[test]:6}  {test}\n")
    sys.stdout.write(f"{agreed.total()} of {pairs.total()} verdicts agree\n")
    return 0 if agreed == pairs else 1


def main(arguments: list[str]) -> int:
    """Compare with the corpus that was named; without one say so and succeed."""
    if not arguments or not arguments[0]:
        sys.stderr.write(UNSET)
        return 0
    corpus = Path(arguments[0])
    if not (corpus / "verdicts.json").is_file():
        sys.stderr.write(f"'{corpus}' holds no verdicts.json\n")
        return 2
    verdicts = json.loads((corpus / "verdicts.json").read_text(encoding="utf-8"))
    if (corpus / "packages").is_dir():
        return report(corpus / "packages", verdicts)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(corpus / "packages.tar.xz") as archive:
            # Python before 3.11.4 has no filters.
            archive.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
        return report(Path(folder) / "packages", verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
