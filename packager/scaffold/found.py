"""The files of a package that exists already, by what they are, and what of them is left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from packager.bundle.folder import open_folder
from packager.bundle.model import Bundle, Entry
from packager.bundle.zipped import names_in, open_zip
from packager.errors import RefusedError, UsageError
from packager.offer.artifacts import FORM, TEMPLATE, VIEW

MAIN_NAMES = (TEMPLATE, "azuredeploy.json")
JUNK = frozenset({"thumbs.db", "desktop.ini"})
LEFT_OUT = frozenset({"link", "special-file", "unreadable"})  # what a folder may hold and a package may not


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a package by what they are; `others` are named as in the package, `left_out` says why."""

    template: Entry
    form: Entry
    view: Entry | None
    others: Mapping[str, Entry]
    left_out: tuple[str, ...] = field(default=())


def find_package(path: Path) -> Found:
    """What of the package at `path` (a folder or a zip) is adopted.

    Raises UsageError when there is nothing at `path`, RefusedError when it is no package that can be adopted.
    """
    bundle = _open(path)
    entries, left_out = _wanted(bundle)
    entries = _unwrapped(entries)
    roots = {name.lower(): entry for name, entry in sorted(entries.items(), reverse=True) if "/" not in name}
    # Of names that differ only in case the right one counts; the others are refused when they would be packed.
    roots |= {name.lower(): entries[name] for name in (*MAIN_NAMES, FORM, VIEW) if name in entries}
    template = next((roots[name.lower()] for name in MAIN_NAMES if name.lower() in roots), None)
    form, view = roots.get(FORM.lower()), roots.get(VIEW.lower())
    if template is None or form is None:
        raise _missing(path, entries, [name for name, one in ((TEMPLATE, template), (FORM, form)) if one is None])
    chosen = [id(one) for one in (template, form, view)]
    others = {name: entry for name, entry in entries.items() if id(entry) not in chosen}
    return Found(template, form, view, others, tuple(left_out))


def _open(path: Path) -> Bundle:
    if not path.exists():
        raise UsageError(f"'{path}' does not exist", hint="name the folder of a package, or its zip")
    if not path.is_dir() and path.suffix.lower() != ".zip":
        raise UsageError(f"'{path}' is neither a folder nor a zip", hint="name the folder of a package, or its zip")
    bundle = open_folder(str(path)) if path.is_dir() else open_zip(str(path))
    wrong = [problem.message for problem in bundle.problems if bundle.kind == "zip" or problem.code not in LEFT_OUT]
    if wrong:
        raise refusal(path, wrong)
    return bundle


def refusal(path: Path, reasons: list[str]) -> RefusedError:
    """The error that names all reasons."""
    shown = reasons[:20] + ([f"and {len(reasons) - 20} more"] if len(reasons) > 20 else [])
    message = "the package cannot be adopted:\n  " + "\n  ".join(shown)
    return RefusedError(message, where=str(path), hint="mend what is named here and try again")


def _wanted(bundle: Bundle) -> tuple[dict[str, Entry], list[str]]:
    """The entries that are adopted, and a sentence for each other one."""
    entries: dict[str, Entry] = {}
    left_out = [problem.message for problem in bundle.problems]
    for name, entry in bundle.entries.items():
        reason = _reason_against(name, entry)
        if reason is None:
            entries[name] = entry
        else:
            left_out.append(f"'{name}' {reason}")
    return entries, left_out


def _reason_against(name: str, entry: Entry) -> str | None:
    steps = name.lower().split("/")
    if any(step.startswith(".") for step in steps):
        return "is hidden"
    if "__macosx" in steps or steps[-1] in JUNK:
        return "is no part of a package but of a desktop"
    if name.endswith((".j2", ".jsonc")):
        return f"ends in '.{name.rpartition('.')[2]}', which packager takes for a source and writes under another name"
    if steps[-1].endswith(".zip") and TEMPLATE in names_in(BytesIO(entry.read())):
        return "is a package itself"
    return None


def _unwrapped(entries: dict[str, Entry]) -> dict[str, Entry]:
    """The entries without the one folder that all of them lie in: who zips a folder gets such a package."""
    tops = {name.partition("/")[0] for name in entries}
    if len(tops) != 1 or any("/" not in name for name in entries):
        return entries
    return {name.partition("/")[2]: entry for name, entry in entries.items()}


def _missing(path: Path, entries: Mapping[str, Entry], names: list[str]) -> RefusedError:
    inner = sorted(name for name in entries if name.rpartition("/")[2].lower() == names[0].lower())
    hint = f"name the folder that holds '{inner[0]}'" if inner else None
    other = " (or azuredeploy.json)" if TEMPLATE in names else ""
    message = f"the package cannot be adopted: there is no {' and no '.join(names)}{other} at its root"
    return RefusedError(message, where=str(path), hint=hint)
