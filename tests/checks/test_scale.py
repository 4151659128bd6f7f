"""Many files, and large templates of every shape, take time that grows with their size and no faster."""

import datetime
import importlib.util
import json
import pathlib
import time

import pytest

from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.pipeline.opening import open_bundle

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = datetime.date(2026, 11, 24)


def benchmark():
    spec = importlib.util.spec_from_file_location("linear", ROOT / "benchmarks" / "linear.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LINEAR = benchmark()


def tree(folder, count):
    """A package of that many files of every kind, in many folders, with nested templates in the main one."""
    written = (
        json.dumps(LINEAR.template(parameters={"unused": {"type": "string"}})),
        '{"resources": [{"type": "a/b"}]}',
        "{",
        '{"a": 1}',
        '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"}',
    )
    (folder / "mainTemplate.json").write_text(json.dumps(LINEAR.nested(10)), encoding="utf-8")
    for number in range(count - 1):
        place = folder / f"folder{number % 50}" / f"file{number}.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(written[number % len(written)], encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["arm-ttk", "marketplace"])
def test_five_thousand_files(tmp_path, profile):
    tree(tmp_path, 5000)
    began = time.process_time()
    report = run(Package(open_bundle(str(tmp_path)), DAY), all_rules(), Config(profile=profile))
    assert (report.files, report.crashed) == (5000, False)
    assert time.process_time() - began < 60


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["arm-ttk", "marketplace"])
@pytest.mark.parametrize("shape", list(LINEAR.SHAPES))
def test_a_byte_costs_the_same_in_a_large_template(shape, profile):
    small, large = (LINEAR.of_size(LINEAR.SHAPES[shape], size) for size in (16_000, 400_000))
    LINEAR.cost(small, profile)
    base = min(LINEAR.cost(small, profile) for _ in range(3))
    # On a quiet machine it is about 1; what grows with the square would give 25.
    assert LINEAR.cost(large, profile) < 4 * base
