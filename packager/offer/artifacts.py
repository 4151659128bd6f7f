"""The `artifacts:` of a plan: which files a path, folder or glob stands for, and their names in the zip."""

import re
from collections.abc import Iterator

from packager.offer.model import ArtifactFile
from packager.offer.repository import PathError, Repository
from packager.source.filenames import FileNames
from packager.source.lazy import lazy_pattern

FORM, TEMPLATE, VIEW = "createUiDefinition.json", "mainTemplate.json", "viewDefinition.json"
_MAGIC = lazy_pattern(r"[*?[]")
_STEP = lazy_pattern(r"\*\*/|\*\*$|\*|\?|\[!?\]?[^\]]*\]|.", re.DOTALL)


def expand(repository: Repository, source: str, to: str) -> tuple[ArtifactFile, ...]:
    """The files of one artifact, sorted by name in the zip; PathError says what is wrong with `source` or `to`."""
    prefix = target_name(to)
    if not _MAGIC.search(source) and not source.endswith("/"):
        repository.file(source)
        name = prefix + entry_name(source.rpartition("/")[2]) if to.endswith("/") else entry_name(prefix)
        return (ArtifactFile(source, name),)
    if not to.endswith("/"):
        raise PathError(f"'{source}' may stand for many files, but 'to: {to}' is one name", hint=f"write 'to: {to}/'")
    found = tuple(ArtifactFile(file, prefix + entry_name(rest)) for file, rest in _matches(repository, source))
    if not found:
        raise PathError(f"no file matches '{source}'")
    return tuple(sorted(found, key=lambda file: file.name))


def target_name(to: str) -> str:
    """`to` without its `./`; PathError when it could not be a name in a zip."""
    if "\\" in to or "\0" in to:
        raise PathError(f"'to: {to}' has a backslash", hint="names in a package have forward slashes")
    if to.startswith("/") or re.match(r"[A-Za-z]:", to):
        raise PathError(f"'to: {to}' is absolute", hint="names in a package are relative to its root")
    name = to.removeprefix("./")
    if any(step in {"", ".", ".."} for step in name.removesuffix("/").split("/")) and name:
        raise PathError(f"'to: {to}' has an empty, '.' or '..' step")
    return name


def entry_name(name: str) -> str:
    """The name in the zip: rendered files lose `.j2`, and JSON with comments becomes JSON."""
    name = name.removesuffix(".j2")
    return f"{name.removesuffix('.jsonc')}.json" if name.endswith(".jsonc") else name


def is_part(name: str) -> bool:
    """Whether a source is only ever included by others: a template whose name starts with `_`."""
    return name.rpartition("/")[2].startswith("_") and name.endswith(".j2")


def _matches(repository: Repository, source: str) -> Iterator[tuple[str, str]]:
    """Pairs of a file's name and what of it follows the folder that stands before the first wildcard."""
    match = _MAGIC.search(source)
    base = source[: match.start()].rpartition("/")[0] if match else source.rstrip("/")
    rest = source[len(base) :].lstrip("/")
    wanted = _compiled(rest) if match else re.compile(".*", re.DOTALL)
    for name in repository.walk(base):
        below = name[len(base) :].lstrip("/")
        if wanted.fullmatch(below) and not is_part(name):
            repository.file(name)
            yield name, below


def _compiled(pattern: str) -> re.Pattern[str]:
    text = "".join(_step_regex(step) for step in _STEP.findall(pattern))
    try:
        return re.compile(text + ".*" if pattern.endswith("/") else text, re.DOTALL)
    except re.error as error:
        raise PathError(f"glob '{pattern}' is not valid: {error}") from error


def _step_regex(step: str) -> str:
    fixed = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if step in fixed:
        return fixed[step]
    if step.startswith("[") and len(step) > 1:
        negated = step.startswith("[!")
        inner = step[2 if negated else 1 : -1].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return f"[{'^/' if negated else ''}{inner}]"
    return re.escape(step)


def clash_of(names: FileNames, name: str) -> str | None:
    """Take `name` among the names that a zip will hold, or say what it collides with."""
    clash = names.add(name)
    if clash is None:
        return None
    return {
        "same": f"'{name}' is there already",
        "case": f"'{name}' differs from '{clash.other}' only in case",
        "under": f"'{name}' cannot be a file: '{clash.other}' needs a folder of that name",
        "over": f"'{name}' needs a folder where the file '{clash.other}' is",
    }[clash.kind]
