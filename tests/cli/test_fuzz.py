"""Whatever files and options come, the command line answers with an exit code and a message, never with a traceback.

Each test mutates real files for a bounded time (`FUZZ_SECONDS`), from a fixed seed; what fails is named by its number.
"""

import copy
import io
import itertools
import json
import os
import pathlib
import random
import shutil
import time
import zipfile

import pytest

from packager.cli.main import run

pytestmark = pytest.mark.slow

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "fixtures"
SECONDS = float(os.environ.get("FUZZ_SECONDS", "0.8"))
LARGEST = 60_000
PIECES = (b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"\0", b"\xff", b"\xef\xbb\xbf", b"//", b"/*", b"\r", b"'")
TEXTS = (
    "",
    "[",
    "[parameters('x')]",
    "[concat(",
    "[[x",
    "é\ud800",
    "\x1b[2J",
    "a\nb",
    "../../x",
    "{{ x }}",
    "x" * 3000,
)
VALUES = (None, True, False, 0, -1, 1e308, 10**30, [], {}, [[]], [None], {"": {}}, *TEXTS)
OPTIONS = (
    ("--profile", "arm-ttk"),
    ("--profile", "strict"),
    ("--profile", "azure-local"),
    ("--format", "json"),
    ("--format", "sarif"),
    ("--format", "junit"),
    ("--format", "github"),
    ("--format", "azure"),
    ("--select", "json-syntax, Handler-Must-Be-Correct"),
    ("--ignore", "template-schema"),
    ("--fail-on", "info"),
    ("--fail-on", "never"),
    ("--color", "always"),
    ("--today", "1900-01-01"),
    ("--today", "9999-12-31"),
    ("--set", "x=y"),
    ("--output", "report.out"),
    ("--sarif-file", "report.sarif"),
    ("--write-baseline", "known.json"),
    ("--baseline", "known.json"),
    ("--isolated",),
    ("--quiet",),
    ("--verbose",),
)  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "TF_BUILD", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "known.json").write_text('{"schema": 1, "baseline": "packager", "findings": []}', encoding="utf-8")


def corpus(*patterns):
    """Files of this project, and of a collection beside it where there is one."""
    folders = [ROOT / "tests", ROOT / "marketplace", ROOT / "createUiDefinition", ROOT / "mainTemplates", SHARED]
    found = [file for folder in folders for pattern in patterns for file in sorted(folder.rglob(pattern))]
    return [file for file in found if file.is_file() and file.stat().st_size <= LARGEST]


def rounds(seed):
    """Sources of chance, one a round, until the time is over."""
    end = time.monotonic() + SECONDS
    number = 0
    while time.monotonic() < end or number < 5:
        yield number, random.Random(f"{seed}-{number}")
        number += 1


def options(chance):
    return [word for option in chance.sample(OPTIONS, chance.randint(0, 4)) for word in option]


def survives(capsys, number, arguments):
    """Run the command line; the fuzzer asks for no more than an orderly end."""
    code = run(arguments)
    said = capsys.readouterr()
    told = f"round {number}: packager {' '.join(arguments)}\n{said.err}\n{said.out[-3000:]}"
    assert code in {0, 1, 2}, told
    assert "Traceback" not in said.err, told
    assert code != 2 or said.err, told
    formats = [after for before, after in itertools.pairwise(arguments) if before == "--format"]
    if formats[-1:] == ["json"] and arguments[0] == "check" and code != 2:
        json.loads(said.out or pathlib.Path("report.out").read_text("utf-8"))


def mangled(data, chance):
    """The bytes with a few pieces cut out, doubled, moved or put in."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice((1, 1, 2, 8, 200)))
        kind = chance.randrange(5)
        if kind == 0:
            del data[start:end]
        elif kind == 1:
            data[start:start] = chance.choice(PIECES) * chance.choice((1, 1, 1, 600))
        elif kind == 2:
            data[start:start] = data[start:end]
        elif kind == 3 and start < len(data):
            data[start] = chance.randrange(256)
        elif chance.random() < 0.1:
            del data[start:]
    return bytes(data)


def swapped(value, chance):
    """The value with a few of its parts replaced by something else."""
    value = copy.deepcopy(value)
    for _ in range(chance.randint(1, 3)):
        holder, key = value, None
        while isinstance(holder, (dict, list)) and holder:
            key = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
            if not isinstance(holder[key], (dict, list)) or not holder[key] or chance.random() < 0.15:
                break
            holder = holder[key]
        if key is not None and isinstance(holder, (dict, list)):
            _replace(holder, key, chance)
    return value


def _replace(holder, key, chance):
    kind = chance.randrange(4)
    if kind == 0:
        del holder[key]
    elif kind == 1 and isinstance(holder, dict):
        holder[chance.choice(TEXTS[:8])] = holder.pop(key)
    else:
        holder[key] = copy.deepcopy(chance.choice(VALUES))


def test_broken_files(capsys):
    files = corpus("*.json")
    for number, chance in rounds("files"):
        file = chance.choice(files)
        pathlib.Path(file.name).write_bytes(mangled(file.read_bytes(), chance))
        survives(capsys, number, ["check", file.name, *options(chance)])
        pathlib.Path(file.name).unlink()


def test_documents_of_another_shape(capsys):
    files = corpus("*.json")
    for number, chance in rounds("shapes"):
        file = chance.choice(files)
        try:
            value = json.loads(file.read_text("utf-8-sig"))
        except ValueError:
            continue
        pathlib.Path("p").mkdir()
        name = chance.choice((file.name, "mainTemplate.json", "createUiDefinition.json"))
        text = json.dumps(swapped(value, chance), ensure_ascii=True, indent=chance.choice((None, 2)))
        pathlib.Path("p", name).write_text(text, encoding="utf-8")
        survives(capsys, number, ["check", "p", *options(chance)])
        shutil.rmtree("p")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_broken_archives(capsys):
    files = corpus("*.json", "*.sh", "*.yaml")
    for number, chance in rounds("archives"):
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
            for file in chance.sample(files, chance.randint(0, 5)):
                name = chance.choice((file.name, "mainTemplate.json", "nested/" + file.name))
                archive.writestr(zipfile.ZipInfo(name), file.read_bytes())
        data = mangled(written.getvalue(), chance) if chance.random() < 0.8 else written.getvalue()
        pathlib.Path("p.zip").write_bytes(data)
        survives(capsys, number, ["check", "p.zip", *options(chance)])


def test_broken_offers(capsys):
    shutil.copytree(ROOT / "marketplace/starter", "marketplace/starter")
    for folder in ("createUiDefinition", "mainTemplates"):
        shutil.copytree(ROOT / folder / "starter", pathlib.Path(folder, "starter"))
    pathlib.Path("pyproject.toml").touch()
    files = [file for file in pathlib.Path().rglob("*") if file.is_file() and "starter" in file.parts]
    for number, chance in rounds("offers"):
        file = chance.choice(files)
        before = file.read_bytes()
        file.write_bytes(mangled(before, chance))
        survives(capsys, number, ["check", "marketplace/starter/offer.yaml", *options(chance)])
        file.write_bytes(before)


PROJECT = b'[tool.packager]\nselect = ["json-syntax"]\nbaseline = "known.json"\n[tool.packager.severity]\nx = "info"\n'
ACCEPTED = b'{"rule": "a", "file": "", "message": "", "count": 1, "fingerprint": "b"}'


def test_broken_settings(capsys):
    pathlib.Path("a.json").write_text('{"$schema": "x/deploymentTemplate.json#", "resources": []}', encoding="utf-8")
    known = b'{"schema": 1, "baseline": "packager", "findings": [%s]}' % ACCEPTED
    for number, chance in rounds("settings"):
        pathlib.Path("pyproject.toml").write_bytes(mangled(PROJECT, chance))
        pathlib.Path("known.json").write_bytes(mangled(known, chance))
        survives(capsys, number, ["check", "a.json", *options(chance)])


WORDS = (
    *("check", "build", "verify", "render", "rules", "init", "--help", "--version", "-h", "-qv", "-", "--"),
    *("a.json", "p", "absent", ".", "é", "x" * 300, "", "json", "text", "json-syntax", "1", "2026-01-01", "a=b"),
    *("--format", "--select", "--jobs", "--today", "--set", "--fail-on", "--output", "--profile", "--plan", "--out"),
)


def test_words_in_any_order(capsys):
    pathlib.Path("a.json").write_text("{", encoding="utf-8")
    for number, chance in rounds("words"):
        survives(capsys, number, [chance.choice(WORDS) for _ in range(chance.randint(0, 7))])
