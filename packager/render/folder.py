"""Rendered plans in a folder: all of them or none, and nothing of what others put there is lost."""

import contextlib
import json
import os
import pathlib
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence

from packager.errors import UsageError
from packager.render.model import Rendered
from packager.source.atomic import write_atomically

MARK = ".packager-render.json"

_Names = Mapping[str, Sequence[str]]


def write_rendered(rendered: Sequence[Rendered], out: pathlib.Path) -> None:
    """Write each plan to `out`/<plan>, in place of what an earlier run wrote there.

    Raises UsageError for a folder with files that no run has written.
    """
    known = _known(out)
    names = {one.bundle.plan or "": list(one.bundle.entries) for one in rendered}
    for plan in names:
        _refuse_strangers(out / plan, known.get(plan, ()))
    with _explained(out):
        out.mkdir(parents=True, exist_ok=True)
        with _staged(out) as stage:
            for one in rendered:
                _write(one, stage / (one.bundle.plan or ""))
            # Whoever is interrupted in between leaves a folder that the next run still knows as its own.
            _mark(out, {plan: [*known.get(plan, ()), *names.get(plan, ())] for plan in {*known, *names}})
            for plan in names:
                _replace(stage / plan, out / plan, stage / f"{plan}.old")
            _mark(out, {**known, **names})


def _known(out: pathlib.Path) -> _Names:
    """What earlier runs wrote, by plan. Raises UsageError when `out` holds something and no run wrote it."""
    try:
        if not out.is_dir() or not any(out.iterdir()):
            return {}
        value = json.loads((out / MARK).read_bytes())
        plans = value["plans"]
        if all(isinstance(names, list) for names in plans.values()):
            return {plan: [str(name) for name in names] for plan, names in plans.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass  # a mark that cannot be read marks nothing
    message = f"'{out}' holds files that `packager render` has not written"
    raise UsageError(message, hint="choose a new or empty folder with --out")


def _refuse_strangers(folder: pathlib.Path, known: Sequence[str]) -> None:
    if not folder.exists():
        return
    found = (pathlib.Path(path, name) for path, _, names in os.walk(folder) for name in names)
    strange = sorted({path.relative_to(folder).as_posix() for path in found} - set(known))
    if strange:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        message = f"'{folder / strange[0]}'{more} would be lost: `packager render` has not written it"
        raise UsageError(message, hint="move it away, or choose another folder with --out")


@contextlib.contextmanager
def _explained(out: pathlib.Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"'{error.filename or out}' cannot be written: {error.strerror}") from error


@contextlib.contextmanager
def _staged(out: pathlib.Path) -> Iterator[pathlib.Path]:
    stage = out / f".packager-{secrets.token_hex(6)}.part"
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _write(rendered: Rendered, folder: pathlib.Path) -> None:
    folder.mkdir(parents=True)
    for name, entry in rendered.bundle.entries.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(entry.read())
        path.chmod(0o755 if name.endswith(".sh") else 0o644)


def _replace(new: pathlib.Path, place: pathlib.Path, old: pathlib.Path) -> None:
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except BaseException:
        if old.exists():
            old.rename(place)
        raise


def _mark(out: pathlib.Path, names: _Names) -> None:
    text = json.dumps({"schema": 1, "plans": names}, indent=2, sort_keys=True, ensure_ascii=False)
    write_atomically(out / MARK, f"{text}\n".encode())
