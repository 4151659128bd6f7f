"""What lies at a PATH: an offer, a package in a folder or zip, a single file, or nothing to look at."""

import datetime
import pathlib
from collections.abc import Iterator, Mapping

from packager.bundle.model import Bundle
from packager.checks.config import Config
from packager.checks.package import FORM, MAIN_TEMPLATE, Package
from packager.checks.rule import PLATFORMS
from packager.code.filenames import ENDINGS
from packager.data.api_versions import shipped
from packager.data.kubernetes import DEFAULT_VERSION, KubernetesVersion
from packager.errors import UsageError

OFFER = "offer.yaml"
OFFER_ENDINGS = (".yaml", ".yml")
COMMENTED = (".json", ".jsonc", ".j2", ".yaml", ".yml", *ENDINGS, ".ps1", ".bicep", ".py", ".xml")


def open_bundle(path: str) -> Bundle:
    """The package at `path`: a folder, a zip or a single file."""
    place = pathlib.Path(path)
    if place.is_dir():
        from packager.bundle.folder import open_folder  # each reader is loaded only for its kind of PATH

        return open_folder(path)
    if place.suffix.lower() == ".zip":
        from packager.bundle.zipped import open_zip  # brings zipfile, 5 ms

        return open_zip(path)
    from packager.bundle.single import open_file  # each reader is loaded only for its kind of PATH

    return open_file(path)


def existing_place(path: str) -> pathlib.Path:
    if not path:  # pathlib takes it for the current folder, which nobody asked for
        raise UsageError("a PATH is empty", hint="is a variable not set? '.' is the current folder")
    place = pathlib.Path(path)
    try:
        if place.is_file() or place.is_dir():
            return place
        reason = "is no regular file" if place.exists() else "does not exist"
    except (OSError, ValueError) as error:
        reason = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    raise UsageError(f"'{path}' {reason}", hint="name an offer.yaml, a folder with a package, a zip or a JSON file")


def holds_offer(place: pathlib.Path) -> bool:
    """Whether a folder is that of an offer, and not of a package that has one beside its files."""
    names = {MAIN_TEMPLATE.lower(), FORM.lower()}
    try:
        return (
            place.is_dir()
            and (place / OFFER).is_file()
            and not any(one.name.lower() in names for one in place.iterdir())
        )
    except OSError:  # a folder that may not be read; reading it as a package says so
        return False


def offer_at(place: pathlib.Path) -> pathlib.Path | None:
    """The offer file that a place is, or that its folder holds; None for a package and for any other file."""
    offer = place / OFFER if holds_offer(place) else place
    return offer if offer.suffix.lower() in OFFER_ENDINGS and offer.is_file() else None


def offer_named(path: str) -> pathlib.Path:
    """The offer file at a PATH that has to be one; whoever reads it says why it is none."""
    place = pathlib.Path(path)
    return offer_at(place) or place


def looked_for(place: pathlib.Path) -> str:
    if place.name.endswith(".j2"):
        return "a Jinja source is checked through the offer.yaml that names it"
    return "looked for templates, portal forms, parameter files, view definitions, unreadable JSON and offer.yaml"


def package_of(
    bundle: Bundle,
    today: datetime.date,
    config: Config,
    kind: str | None = None,
    kubernetes: KubernetesVersion | None = None,
) -> Package:
    """The package of a plan of that kind; `kubernetes` is what its payload is for unless the user says otherwise."""
    package = Package(bundle, today, kind, config.test_parameters, config.api_versions or shipped())
    package.kubernetes = config.kubernetes or kubernetes or DEFAULT_VERSION
    if config.profile in PLATFORMS:
        from packager.data.platforms import platform  # only for its profile

        package.platform = platform(config.profile)
    return package


def is_empty(package: Package, config: Config) -> bool:
    """Whether there is nothing to look at.

    arm-ttk also takes files for templates or forms that say little of it, and `[]` or `null` for no JSON at all.
    """
    if package.content or package.bundle.problems:
        return False
    if config.profile != "arm-ttk":
        return True
    from packager.checks.armttk.powershell import truthy  # only this profile asks

    tested = any(turn.groups - {"AllFiles"} for turn in package.turns)
    return not tested and all(truthy(file.value) for turn in package.turns for file in turn.files)


def packages_of(path: str, config: Config, today: datetime.date, overrides: Mapping[str, str]) -> Iterator[Package]:
    """The package at a PATH, or what each plan of an offer becomes.

    Raises UsageError when there is nothing to check, RefusedError for an offer that cannot be read or rendered.
    """
    place = existing_place(path)
    offer = offer_at(place)
    if offer is not None:
        yield from _packages_of_offer(offer, path, config, today, overrides)
        return
    package = package_of(open_bundle(path), today, config)
    if is_empty(package, config):
        raise UsageError(f"'{path}' holds nothing to check", hint=looked_for(place))
    yield package


def _packages_of_offer(
    file: pathlib.Path, path: str, config: Config, today: datetime.date, overrides: Mapping[str, str]
) -> Iterator[Package]:
    from packager.offer.load import load_offer, select_plans  # brings yaml and jsonschema, 80 ms
    from packager.render.render import render_plan  # brings jinja2, 70 ms
    from packager.render.variables import plan_variables, stated_version
    from packager.render.whole import offer_lines, problem_lines, refusal_of  # goes with it

    loaded = load_offer(file)
    offer = loaded.offer
    if offer is None:
        raise refusal_of(f"'{path}' cannot be rendered", path, offer_lines(loaded))
    for plan in select_plans(offer, ()):
        rendered = render_plan(offer, plan, overrides, path)
        if rendered.failed:
            what = f"plan '{plan.id}' of '{path}' cannot be rendered"
            raise refusal_of(what, path, problem_lines(rendered, "error"))
        kubernetes = stated_version(plan_variables(offer, plan, overrides))
        yield package_of(rendered.bundle, today, config, plan.kind, kubernetes)
