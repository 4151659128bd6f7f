"""Measures packager against the floor of the same machine: `python benchmarks/run.py [NAME ...]` prints ratios.

Every number is a ratio of two medians of one run, taken in turn (floor, packager, floor, ...), so that a busy machine
slows both. Nothing here is asserted by a test.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import bodies

ROOT = Path(__file__).resolve().parents[1]
PACKAGER = [sys.executable, "-m", "packager"]
LOAD = "import json,sys; json.load(open(sys.argv[1], encoding='utf-8-sig'))"
TODAY = ["--today", "2026-11-26"]
ROUNDS = 11
MOST = 750  # resources; Azure deploys 800 at most


def seconds(command: list[str]) -> float:
    """The wall time of one whole process; its output is thrown away."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=environment())
    return time.perf_counter() - began


def environment() -> dict[str, str]:
    """No settings of the user, and bytecode as an installed program has it."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PACKAGER_")}


def ratio(ours: list[str], floor: list[str], rounds: int = ROUNDS) -> str:
    """How many times longer `ours` takes than `floor`, as medians of runs taken in turn."""
    seconds(ours), seconds(floor)
    pairs = [(seconds(floor), seconds(ours)) for _ in range(rounds)]
    low, mine = (statistics.median(one) for one in zip(*pairs, strict=True))
    return f"{mine / low:5.2f} x of {low * 1000:.0f} ms"


def packages(folder: Path, count: int) -> list[str]:
    """`count` copies of the starter's rendered package."""
    rendered = folder / "rendered"
    subprocess.run(
        [*PACKAGER, "render", str(ROOT / "marketplace/starter/offer.yaml"), "--out", str(rendered)], check=True
    )
    (plan,) = (entry for entry in rendered.iterdir() if entry.is_dir())
    for number in range(count):
        shutil.copytree(plan, folder / f"package{number}")
    return [str(folder / f"package{number}") for number in range(count)]


def large_template(path: Path, size: int) -> Path:
    """A template of about `size` bytes without findings: storage accounts, never more than Azure takes, with tags."""
    resources, written = [], 0
    tags = max(6, size // MOST // 60)
    while written < size:
        number = len(resources)
        resource_ = {
            "type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2025-06-01",
            "name": f"[format('{{0}}{number}', parameters('prefix'))]",
            "location": "[parameters('location')]",
            "kind": "StorageV2",
            "sku": {"name": "Standard_LRS"},
            "tags": {f"purpose{one}": f"What account {number} is there for, line {one}" for one in range(tags)},
            "properties": {"minimumTlsVersion": "TLS1_2", "allowBlobPublicAccess": False},
        }
        resources.append(resource_)
        written += len(json.dumps(resource_, indent=2))
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": {
            "prefix": {"type": "string"},
            "location": {"type": "string", "defaultValue": "[resourceGroup().location]"},
        },
        "resources": resources,
    }
    path.write_text(json.dumps(template, indent=2), encoding="utf-8")
    return path


def start(_: Path) -> Iterator[tuple[str, str]]:
    """The program without work."""
    floor = [sys.executable, "-c", "import json"]
    yield "packager --version, of python -c 'import json'", ratio([*PACKAGER, "--version"], floor)
    yield "import click, of the same", ratio([sys.executable, "-c", "import click"], floor)


def small(folder: Path) -> Iterator[tuple[str, str]]:
    """One package as a whole process."""
    (path,) = packages(folder, 1)
    floor = [sys.executable, "-c", LOAD, f"{path}/mainTemplate.json"]
    for profile in ("marketplace", "arm-ttk"):
        ours = [*PACKAGER, "check", path, "--profile", profile, *TODAY]
        yield f"check of the starter's package, profile {profile}, of json.load of its template", ratio(ours, floor)
    yield "memory of that check", f"{peak([*PACKAGER, 'check', path, *TODAY]) / 1024:.0f} MB"


def peak(command: list[str]) -> int:
    """The peak memory of a process in KB."""
    code = (
        "import resource,subprocess,sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return int(done.stdout)


def large(folder: Path) -> Iterator[tuple[str, str]]:
    """A template of 2.4 MB, and what a byte of it costs."""
    template = large_template(folder / "large.json", 2_400_000)
    floor = [sys.executable, "-c", LOAD, str(template)]
    ours = [*PACKAGER, "check", str(template), *TODAY]
    yield "check of a template of 2.4 MB, of json.load of it", ratio(ours, floor, 5)
    little = large_template(folder / "small.json", 16_000)
    base = seconds([*PACKAGER, "check", str(little), *TODAY])
    yield "the same in seconds, and of one of 16 KB", f"{seconds(ours):.2f} and {base:.2f}"


def many(folder: Path) -> Iterator[tuple[str, str]]:
    """Many packages in one process, and in two."""
    paths = packages(folder, 300)
    costs = {}
    for count in (100, 300):
        costs[count] = statistics.median(seconds([*PACKAGER, "check", *paths[:count], *TODAY]) for _ in range(3))
    yield "300 packages, of 100 packages (linear is 3)", f"{costs[300] / costs[100]:.2f}"
    pairs = [
        (seconds([*PACKAGER, "check", *paths, *TODAY]), seconds([*PACKAGER, "check", *paths, *TODAY, "--jobs", "2"]))
        for _ in range(3)
    ]
    yield "one process, of --jobs 2", f"{statistics.median(one / two for one, two in pairs):.2f} x"


def expansion(folder: Path) -> Iterator[tuple[str, str]]:
    """`packager expand`: as a whole process, of a loop, of a large template, and `packager evaluate -`."""
    (path,) = packages(folder, 1)
    main_template = f"{path}/mainTemplate.json"
    floor = [sys.executable, "-c", LOAD, main_template]
    yield "expand of the starter's template, of json.load of it", ratio([*PACKAGER, "expand", main_template], floor)
    costs = {}
    for count in (50, 800):
        text, out = loop(folder / f"loop{count}.json", count)
        costs[count] = text / count
        yield f"expanding a loop of {count}, of json.loads of what it gives", f"{text / out:.2f}"
    yield "a resource of the loop of 800, of one in that of 50", f"{costs[800] / costs[50]:.2f}"
    for name, path_ in (("storage accounts", "large"), ("nothing but expressions", "dense")):
        template = LARGE[path_](folder / f"{path_}.json", 2_400_000)
        found, low = expanding(template)
        yield f"expanding a template of 2.4 MB, {name}, of json.loads of it", f"{found / low:.1f}"
    yield "a line of evaluate -, of json.loads of it", f"{lines():.1f}"


def processor(work: Callable[[], Any], rounds: int = 5) -> float:
    """The least processor time of some runs."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def expanding(template: Path) -> tuple[float, float]:
    """Seconds of expanding a template in this process, with nothing remembered, and of json.loads of its text."""
    from packager.arm.expand import expand
    from packager.expressions.binding import compiled
    from packager.expressions.parser import parse
    from packager.source.document import Document

    text = template.read_text(encoding="utf-8")
    document = Document.from_text("mainTemplate.json", text)
    assert document.problem is None

    def work() -> None:
        compiled.cache_clear()
        parse.cache_clear()
        expand(document, {})

    return processor(work), processor(lambda: json.loads(text), 15)


def loop(path: Path, count: int) -> tuple[float, float]:
    """Seconds of expanding a loop of storage accounts, and of json.loads of the expansion as JSON."""
    from packager.arm.expand import expand
    from packager.arm.jsonform import as_json_text
    from packager.source.document import Document

    template = json.loads(large_template(path, 1).read_text(encoding="utf-8"))
    (resource_,) = template["resources"]
    resource_ |= {"copy": {"name": "accounts", "count": count}, "name": "[concat('account', copyIndex())]"}
    document = Document.from_text("mainTemplate.json", json.dumps(template))
    written = as_json_text(expand(document, {}))
    return processor(lambda: expand(document, {})), processor(lambda: json.loads(written))


def dense_template(path: Path, size: int) -> Path:
    """A template of about `size` bytes in which every value is an expression of its own."""
    template = json.loads(large_template(path, 1).read_text(encoding="utf-8"))
    (model,) = template["resources"]
    variables = {f"v{number}": f"[concat(parameters('location'), '{number}')]" for number in range(10)}
    resources: list[dict[str, Any]] = []
    for number in range(size // 3_400):
        name = f"[concat(variables('v{number % 10}'), '{number}')]"
        tags = {
            f"t{one}": f"[if(equals(variables('v{one % 10}'), 'x{number}'), 'a', toLower('T{number}-{one}'))]"
            for one in range(36)
        }
        resources.append({**model, "name": name, "tags": tags})
    path.write_text(
        json.dumps({**template, "variables": variables, "resources": resources}, indent=2), encoding="utf-8"
    )
    return path


LARGE = {"large": large_template, "dense": dense_template}


def lines() -> float:
    """What a line of `evaluate -` costs beyond the start, as a multiple of json.loads of it."""
    expressions = [f"[concat('a{number}', string(add({number}, 1)), toUpper('x'))]" for number in range(10_000)]
    written = [json.dumps({"expression": one}) for one in expressions]
    command, text = [*PACKAGER, "evaluate", "-"], "\n".join(written).encode()

    def seconds_of(data: bytes) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, input=data, stdout=subprocess.DEVNULL, check=True, env=environment())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    ours = min(seconds_of(text) for _ in range(3)) - min(seconds_of(b"") for _ in range(3))
    return ours / processor(lambda: [json.loads(one) for one in written])


def judged(folder: Path) -> Iterator[tuple[str, str]]:
    """Resources of three namespaces, judged by Azure's types and not."""
    ours = [*PACKAGER, "check", str(bodies.package(folder)), *TODAY]
    figure = ratio(ours, [*ours, *bodies.without()])
    yield "check of a package of three namespaces, of the same without the rules on bodies", figure


BENCHMARKS: dict[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
    "start": start,
    "small": small,
    "bodies": judged,
    "large": large,
    "many": many,
    "expand": expansion,
}


def main(names: list[str]) -> int:
    """Run the benchmarks that were named, or all."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}\n")
        return 2
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    sys.stdout.write(f"python {sys.version.split()[0]}, {os.cpu_count()} processors, {soft} open files\n")
    for name in names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            for what, figure in BENCHMARKS[name](Path(folder)):
                sys.stdout.write(f"{name:6} {figure:>22}  {what}\n")
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
