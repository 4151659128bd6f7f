"""Imports go only one way, and each third-party library has one home."""

import ast
import pathlib

import packager

ROOT = pathlib.Path(packager.__file__).parent
LINE = [
    {"errors"},
    {"source", "data", "programs"},
    {"expressions"},
    {"offer"},
    {"arm", "ui", "helm", "code"},
    {"bundle"},
    {"render"},
    {"dryrun"},
    {"checks"},
    {"rules"},
    {"assemble", "report"},
    {"pipeline"},
    {"prove", "diff", "scaffold"},
    {"preview", "publish"},
    {"cli"},
]
RANK = {name: rank for rank, names in enumerate(LINE) for name in names}
HOMES = {
    "click": ("cli/",),
    "jinja2": ("render/", "preview/"),
    "jsonschema": ("source/schema.py",),
    "kubernetes_validate": ("helm/",),
    "markdown_it": ("offer/markdown.py",),
    "yaml": ("source/",),
    "zipfile38": ("assemble/archive.py",),
    "regress": ("ui/",),
    "jmespath": ("ui/transforms.py",),
    "azure": ("publish/",),
    "requests": ("publish/",),
    "urllib3": ("publish/",),
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_imports_go_only_to_the_left():
    wrong = []
    for path in ROOT.rglob("*.py"):
        place = path.relative_to(ROOT)
        own = place.parts[0].removesuffix(".py")
        for name in imported(path):
            parts = name.split(".")
            elsewhere = parts[0] == "packager" and len(parts) > 1 and own in RANK and parts[1] != own
            if elsewhere and RANK[parts[1]] >= RANK[own]:
                wrong.append(f"{place} imports {name}")
    assert wrong == []


def test_every_library_stays_in_its_home():
    wrong = []
    for path in ROOT.rglob("*.py"):
        place = path.relative_to(ROOT).as_posix()
        for name in imported(path):
            homes = HOMES.get(name.partition(".")[0])
            if homes and not place.startswith(homes):
                wrong.append(f"{place} imports {name}")
    assert wrong == []
