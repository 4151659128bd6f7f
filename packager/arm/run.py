"""What one run of expanding shares, nested deployments included."""

from collections.abc import Callable, Iterable
from typing import Any

from packager.arm.expansion import Outlet, Trouble
from packager.arm.instances import Instance
from packager.arm.links import Lookup
from packager.expressions.errors import ExpressionError
from packager.expressions.scope import Budget
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot

MAX_DEPTH = 24
MAX_TROUBLES = 200


class Run:
    """`lookup` finds other files of the package; `troubles` collects what Azure would refuse, each place once.

    `spare` tells of each entry of a `dependsOn` whether it changes nothing.
    `nest` makes the deployment of a deployment resource, given the deployment around it; None when it has no template.
    """

    def __init__(self, lookup: Lookup | None, nest: Callable[[Any, Instance], Any]) -> None:
        self.lookup = lookup
        self.nest = nest
        self.budget = Budget()
        self.troubles: list[Trouble] = []
        self.missing: dict[str, None] = {}
        self.outlets: list[Outlet] = []
        self.spare: dict[tuple[Document, Path], bool] = {}
        self.doubts: list[Trouble] = []
        self._seen: set[tuple[str, str, Path, str]] = set()
        self._met: set[tuple[str, str, Path, str]] = set()

    def report(self, error: ExpressionError, document: Document, path: Path, prefix: str = "") -> None:
        """Remember an error of an expression; `path` is used when it has none of its own."""
        place = error.path if error.path is not None else path
        text = document.at(place)
        spot = Spot(document, place)
        if error.span is not None and error.path is not None and isinstance(text, str):
            # Only a template with mistakes needs the places of its expressions.
            from packager.arm.sites import Site

            spot = Site(document, place, text).spot(error.span)
        # The same mistake comes back from everything that uses the value; it is reported where it was met first.
        mark = (error.code, document.name, place, error.message)
        if mark not in self._met:
            self._met.add(mark)
            self.add(Trouble(error.code, prefix + error.message, spot, error.hint))

    def add_all(self, troubles: Iterable[Trouble]) -> None:
        """Remember troubles."""
        for trouble in troubles:
            self.add(trouble)

    def add(self, trouble: Trouble) -> None:
        """Remember a trouble unless it is known: a loop meets the same one again and again."""
        key = (trouble.code, trouble.spot.document.name, trouble.spot.path, trouble.message)
        if key not in self._seen and len(self.troubles) < MAX_TROUBLES:
            self._seen.add(key)
            self.troubles.append(trouble)
