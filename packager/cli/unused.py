"""What `--set` sets in vain, for the verbs that report no findings."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from packager.bundle.model import Bundle
from packager.pipeline.opening import offer_at


def tell_unused(bundles: Sequence[Bundle], path: str, overrides: Mapping[str, str]) -> None:
    """Say on stderr which variables no source asks for: of several plans, those that none of them asks for."""
    if not overrides:
        return
    made = [bundle for bundle in bundles if bundle.kind == "offer"]
    if not made:
        tell_without_sources(path, overrides)
    for note in made[0].notes if made else ():
        if all(note in bundle.notes for bundle in made):
            click.echo(f"packager: {note}", err=True)


def tell_of_packages(paths: Sequence[str], overrides: Mapping[str, str]) -> None:
    """Say on stderr which of the PATHs are no offers; what an offer does not ask for is a finding."""
    for path in paths if overrides else ():
        if Path(path).exists() and offer_at(Path(path)) is None:
            tell_without_sources(path, overrides)


def tell_without_sources(path: str, overrides: Mapping[str, str]) -> None:
    """Say on stderr that what lies at PATH is read as it is."""
    if overrides:
        message = f"--set {', '.join(overrides)}: nothing asks for it, because '{path}' is not made from sources"
        click.echo(f"packager: {message}\n  hint: name the offer.yaml of the package", err=True)
