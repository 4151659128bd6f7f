"""A new offer that builds and passes every check: the skeleton with its names filled in."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from packager.offer.model import Kind
from packager.scaffold.names import check_name, check_publisher, places
from packager.scaffold.scalars import scalar
from packager.scaffold.tree import MARK, Content, NewFiles, marked_root

VIEW_LINE = "    view: ./viewDefinition.json.j2\n"


def new_offer(folder: Path, name: str, kind: Kind, publisher: str) -> NewFiles:
    """The files of the offer `name` below `folder`. Raises UsageError for a name that cannot be an offer id."""
    check_name(name)
    check_publisher(publisher)
    at = places(name)
    offer = _filled(folder, name, kind, publisher)
    written = {
        at.templates / "mainTemplate.json.j2": _skeleton("mainTemplate.json.j2").read_bytes,
        at.forms / "createUiDefinition.json.j2": _skeleton("createUiDefinition.json.j2").read_bytes,
    }
    if kind == "managed-application":
        written[at.offer / "viewDefinition.json.j2"] = _skeleton("viewDefinition.json.j2").read_bytes
    else:
        offer = offer.replace(VIEW_LINE, "")  # only managed applications have a view
    written[at.offer / "offer.yaml"] = offer.encode
    return NewFiles((at.offer, at.forms, at.templates), written, shared_files(folder))


def shared_files(folder: Path) -> dict[PurePosixPath, Content]:
    """What all offers below `folder` share: the schema for editors and, where nothing else marks it, the root."""
    schema = files("packager.offer").joinpath("offer.schema.json")
    shared = {PurePosixPath("marketplace/offer.schema.json"): schema.read_bytes}
    if marked_root(folder) is None:
        shared[PurePosixPath("pyproject.toml")] = MARK.encode
    return shared


def root_prefix(folder: Path) -> str:
    """What paths from the repository root begin with when they lead into `folder`: nothing, or a folder and `/`."""
    root = marked_root(folder) or folder.resolve()
    inner = folder.resolve().relative_to(root).as_posix()
    return "" if inner == "." else f"{inner}/"


def _filled(folder: Path, name: str, kind: Kind, publisher: str) -> str:
    text = _skeleton("offer.yaml").read_text("utf-8")
    at, prefix = places(name), root_prefix(folder)
    values = {
        "id": scalar(name),
        "publisher": scalar(publisher),
        "kind": kind,
        "ui": scalar(f"{prefix}{at.forms}/createUiDefinition.json.j2"),
        "template": scalar(f"{prefix}{at.templates}/mainTemplate.json.j2"),
    }
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _skeleton(name: str) -> Traversable:
    return files("packager.scaffold").joinpath("skeleton", name)
