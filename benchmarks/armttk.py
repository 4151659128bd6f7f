"""Compares with the recorded times of arm-ttk: `python benchmarks/armttk.py CORPUS`, the folder of `make conformance`.

Recorded are ratios of arm-ttk 0.27 to a whole process of Python that only loads the main template with `json.load`: of
all its checks on a package in a process that has loaded everything (warm), and of a whole process (cold). Measured here
are the same ratios of packager with profile `arm-ttk`, floor and packager in turn; printed is how many times smaller
they are. Warm is one look at each package in a fresh process that has checked other packages before. The floor is taken
with the Python that the environment was made from: of an environment of its own, as packager has one, it is lower.
"""

import datetime
import gc
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LOAD = "import json,sys; json.load(open(sys.argv[1], encoding='utf-8-sig'))"
MAIN = ("azuredeploy.json", "maintemplate.json")
DAY = datetime.date(2026, 11, 23)
ROUNDS = 7


class Ratios(NamedTuple):
    """Warm and cold times of a package of the corpus: of arm-ttk as multiples of the floor, or of packager's."""

    package: str
    warm: float
    cold: float


RECORDED = (
    Ratios("Azure+rhel-jboss-templates/eap74-rhel8-payg/src/main/arm", 20, 81),
    Ratios("CheckPointSW+CloudGuardIaaS/deprecated/azure/templates/R7730/vmss-r7730", 52, 116),
    Ratios("fortinet+azure-templates/FortiGate/AzureRouteServer/Active-Passive", 57, 148),
    Ratios("IamABS3C+Abstract-MS-Azure-/solution/Package", 52, 124),
    Ratios("BSpatel183+RubrikSolution/Package", 189, 351),
)


def seconds(command: list[str]) -> float:
    """The wall time of one whole process."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("PACKAGER_")}
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=settings)
    return time.perf_counter() - began


def warm_seconds(packages: Path) -> dict[str, float]:
    """What each listed package takes in a fresh process that has checked all others of the corpus before."""
    command = [sys.executable, __file__, "--look", str(packages)]
    looked: dict[str, float] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return looked


def look(packages: Path) -> dict[str, float]:
    """Check every package of the corpus once, the listed ones last, and time these."""
    gc.set_threshold(50_000, 20, 20)  # as the command line does for several PATHs
    from packager.checks.config import Config
    from packager.pipeline.check import check_path

    listed = [one.package for one in RECORDED]
    others = sorted({str(found.parent.relative_to(packages)) for found in packages.rglob("*.json") if is_main(found)})
    taken: dict[str, float] = {}
    for name in [*(one for one in others if one not in listed), *listed]:
        began = time.perf_counter()
        check_path(str(packages / name), Config(profile="arm-ttk"), DAY, {})
        taken[name] = time.perf_counter() - began
    return {name: taken[name] for name in listed}


def is_main(file: Path) -> bool:
    """Whether a file has the name of a main template."""
    return file.name.lower() in MAIN


def floor(packages: Path, name: str) -> float:
    """The time of the process that everything is compared with."""
    main = next(file for file in sorted((packages / name).iterdir()) if is_main(file))
    return seconds([getattr(sys, "_base_executable", sys.executable), "-c", LOAD, str(main)])


def rows(packages: Path) -> Iterator[Ratios]:
    """How many times faster than arm-ttk each listed package is checked, warm and cold."""
    floors: dict[str, list[float]] = {one.package: [] for one in RECORDED}
    warm: dict[str, list[float]] = {one.package: [] for one in RECORDED}
    cold: dict[str, list[float]] = {one.package: [] for one in RECORDED}
    for _ in range(ROUNDS):
        for name, taken in warm_seconds(packages).items():
            floors[name].append(floor(packages, name))
            warm[name].append(taken)
            command = [sys.executable, "-m", "packager", "check", str(packages / name), "--profile", "arm-ttk"]
            cold[name].append(seconds([*command, "--today", DAY.isoformat()]))
    for one in RECORDED:
        base, in_process, whole = (statistics.median(of[one.package]) for of in (floors, warm, cold))
        sys.stdout.write(
            f"{base * 1000:6.0f} ms floor {in_process * 1000:5.1f} ms warm {whole * 1000:5.0f} ms cold  {one.package}\n"
        )
        yield Ratios(one.package, one.warm * base / in_process, one.cold * base / whole)


def unpacked(corpus: Path, folder: str) -> Path:
    """The folder of the packages, which may be an archive in the corpus."""
    if (corpus / "packages").is_dir():
        return corpus / "packages"
    with tarfile.open(corpus / "packages.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return Path(folder) / "packages"


def main(arguments: list[str]) -> int:
    """Print the factors."""
    if arguments[:1] == ["--look"]:
        json.dump(look(Path(arguments[1])), sys.stdout)
        return 0
    if len(arguments) != 1:
        sys.stderr.write("name the folder with the packages: python benchmarks/armttk.py CORPUS\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        measured = list(rows(unpacked(Path(arguments[0]), folder)))
    median = (statistics.median(one.warm for one in measured), statistics.median(one.cold for one in measured))
    for one in (*measured, Ratios("median", *median)):
        sys.stdout.write(f"{one.warm:6.0f} x warm {one.cold:5.0f} x cold  {one.package}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
