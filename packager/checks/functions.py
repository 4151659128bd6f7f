"""The Python code of a package and the files that make a Function app of it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from packager.source.document import Document
from packager.source.lazy import lazy_pattern

if TYPE_CHECKING:
    from packager.checks.package import Package

What = Literal["code", "requirements", "host", "function"]

_NAMES: dict[str, What] = {"requirements.txt": "requirements", "host.json": "host", "function.json": "function"}
# Libraries that were copied into an app; they are their publishers' business, and hold what no Python compiles.
_FOREIGN = lazy_pattern(r"(?:.*/)?(?:\.python_packages|site-packages|node_modules|\.venv)/.*")
_RUNTIME = lazy_pattern(
    r"python\|3\.(\d{1,2})|\"name\"\s*:\s*\"python\"\s*,\s*\"version\"\s*:\s*\"3\.(\d{1,2})\""
    r"|\"version\"\s*:\s*\"3\.(\d{1,2})\"\s*,\s*\"name\"\s*:\s*\"python\""
)


class CodeFile(NamedTuple):
    """A file of Python code or beside it; `app` is the folder of its Function app, None for code of other purposes."""

    document: Document
    what: What
    app: str | None


def code_files(package: "Package") -> Iterator[CodeFile]:
    """The files of a package in order of names, without libraries that were copied into it."""
    names = [name for name in package.bundle.entries if _FOREIGN.fullmatch(name) is None]
    apps = _apps(names)
    for name in names:
        folder, _, base = name.rpartition("/")
        what = "code" if base.endswith(".py") else _NAMES.get(base)
        if what is None or not package.bundle.is_reported(name):
            continue
        app = next((one for one in apps if one == "" or (folder + "/").startswith(one + "/")), None)
        # The others mean something only in an app: its own two files at its root, the third a folder deeper.
        depth = folder.count("/") + bool(folder) - (app or "").count("/") - bool(app)
        if what == "code" or (app is not None and depth == (what == "function")):
            yield CodeFile(package.bundle.document(name), what, app)


def _apps(names: list[str]) -> list[str]:
    """The folders of Function apps in Python, the innermost first: those with a host.json and Python code at home."""
    folders = [name.rpartition("/")[0] for name in names if name.rpartition("/")[2] == "host.json"]
    python = {name.rpartition("/")[0] for name in names if name.endswith(".py")}
    functions = {name.rpartition("/")[0] for name in names if name.rpartition("/")[2] == "function.json"}
    homes = python & {*folders, *functions}
    found = [one for one in folders if one in homes or any(home.rpartition("/")[0] == one for home in homes)]
    return sorted(found, key=len, reverse=True)


def python_minor(package: "Package") -> int | None:
    """The Python 3.x that the templates of a package name as the runtime of an app, where that is a single one."""
    return _only_minor(package.lower_texts)


@lru_cache(maxsize=4)
def _only_minor(texts: tuple[str, ...]) -> int | None:
    named = (groups for text in texts if "python" in text for groups in _RUNTIME.findall(text))
    found = {int(minor) for groups in named for minor in groups if minor}
    return found.pop() if len(found) == 1 else None
