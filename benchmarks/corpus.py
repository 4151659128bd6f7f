"""How often each kind of finding on bodies comes in a corpus: `python benchmarks/corpus.py FOLDER`.

FOLDER holds packages at any depth, each a folder with a `mainTemplate.json` or `azuredeploy.json`. Beside each figure
stands what a reference validator found in 941 public templates, per 1,000 resources; packages of a publisher repeat
each other, so the two are alike in their order, not more. `-v` lists the errors and warnings to be judged.
"""

import collections
import datetime
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from packager.arm.bodies.judge import subject_of
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.finding import Finding
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.data.resource_exceptions import shipped_exceptions
from packager.data.resource_types import shipped_types
from packager.pipeline.opening import open_bundle

MAIN = {"maintemplate.json", "azuredeploy.json"}
KINDS = ("resource-property-", "resource-value-", "resource-scope")
DAY = datetime.date(2026, 11, 26)
# Findings per 1,000 resources of the reference validator.
REFERENCE = {
    "resource-value-type": 0.0,
    "resource-value-enum": 0.0,
    "resource-value-enum[discriminator]": 0.0,
    "resource-value-enum[open]": 14.2,
    "resource-value-enum[case]": 122.0,
    "resource-value-type[converted]": 46.3,
    "resource-value-range[length]": 0.2,
    "resource-value-range[range]": 0.0,
    "resource-value-range[items]": 0.0,
    "resource-value-range[pattern]": 1.1,
    "resource-property-unknown[other-version]": 12.7,
    "resource-property-unknown[misspelt]": 0.9,
    "resource-property-unknown[moved]": 0.2,
    "resource-property-unknown": 7.8,
    "resource-property-unknown[envelope]": 20.2,
    "resource-property-unknown[case]": 66.0,
    "resource-property-missing": 1.1,
    "resource-property-read-only": 40.9,
}


def packages(folder: Path) -> Iterator[Path]:
    """The folders with a main template."""
    for place, _, files in os.walk(folder):
        if MAIN & {name.lower() for name in files}:
            yield Path(place)


def judged(package: Package) -> int:
    """How many resources the facts describe."""
    every = package.deployed.every
    return sum(subject_of(one, shipped_types(), shipped_exceptions()) is not None for one in every)


def findings(package: Package) -> list[Finding]:
    """What profile strict says of bodies."""
    rules = tuple(rule for rule in all_rules() if rule.id.startswith(KINDS))
    return list(run(package, rules, Config(profile="strict")).findings)


def main(arguments: list[str]) -> int:
    """Print the table."""
    verbose, folders = "-v" in arguments, [one for one in arguments if one != "-v"]
    if len(folders) != 1 or not Path(folders[0]).is_dir():
        sys.stderr.write(f"{__doc__}\n")
        return 2
    resources, counts = 0, collections.Counter[str]()
    for place in sorted(packages(Path(folders[0]))):
        package = Package(open_bundle(str(place)), DAY)
        resources += judged(package)
        for one in findings(package):
            counts[one.rule] += 1
            if verbose and one.severity > 1:
                sys.stdout.write(f"{json.dumps(place.name)} {one.file}:{one.line} {one.rule} {one.message}\n")
    sys.stdout.write(f"{resources} resources of described types; findings per 1,000, and the reference\n")
    for rule in sorted({*REFERENCE, *counts}):
        figure = 1_000 * counts[rule] / max(resources, 1)
        sys.stdout.write(f"{figure:8.1f} {REFERENCE.get(rule, 0.0):8.1f}  {rule}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
