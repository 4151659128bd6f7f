"""From a PATH to findings: the same path that building takes, stopped earlier."""

import datetime
from collections.abc import Iterator, Mapping

from packager.bundle.model import Bundle
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.registry import all_rules
from packager.checks.suppress import Scope, suppress
from packager.errors import UsageError
from packager.pipeline.checked import NOTHING_REPLACED, Checked
from packager.pipeline.opening import (
    COMMENTED,
    existing_place,
    is_empty,
    looked_for,
    offer_at,
    open_bundle,
    package_of,
)
from packager.source.document import Document


def check_path(
    path: str,
    config: Config,
    today: datetime.date,
    overrides: Mapping[str, str],
    replaced: Mapping[str, bytes] = NOTHING_REPLACED,
) -> Checked:
    """Check an offer.yaml, a folder, a zip or a file. Raises UsageError when there is nothing to check.

    `replaced` holds the bytes that some files shall be taken to have: entries of a package by name, sources of an offer
    by name from its repository root.
    """
    place = existing_place(path)
    offer = offer_at(place)
    if offer is not None:
        from packager.pipeline.offers import check_offer  # a package does not need it

        return check_offer(path, config, today, overrides, file=offer, replaced=replaced)
    bundle = open_bundle(path)
    package = package_of(bundle.with_bytes(replaced) if replaced else bundle, today, config)
    if is_empty(package, config):
        raise UsageError(f"'{path}' holds nothing to check", hint=looked_for(place))
    if not package.is_readable and (package.content or package.bundle.problems):
        # Of what cannot be read nothing is checked: that is said whatever was selected.
        config = config._replace(select=frozenset(), ignore=frozenset())
    rules = all_rules()
    report = suppress(run(package, rules, config), _texts(package.bundle), config, Scope(path, rules))
    return Checked(report, read=(place,), bundle=package.bundle)


def _texts(bundle: Bundle) -> Iterator[Document]:
    """The documents of a package that may hold comments for the tool."""
    for name in bundle.entries:
        if bundle.is_reported(name) and name.lower().endswith(COMMENTED):
            yield bundle.document(name)
