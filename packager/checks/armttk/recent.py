"""arm-ttk's judgement of an api-version among the known ones of its type, for both tests that ask for recent ones."""

from collections.abc import Iterator

from packager.arm.recency import Recency, is_preview
from packager.checks.armttk.powershell import get, text_of, truthy
from packager.checks.armttk.search import Found


def complaints(recency: Recency) -> Iterator[str]:
    """What arm-ttk reports: `preview`, `twin` (a preview whose stable version follows it at the top), `age`."""
    position, known = recency.position, recency.known
    if recency.is_preview:
        if position > 0 and any(not is_preview(one) for one in known[: position + 1]):
            yield "preview"
        if position == 0 and known[1:2] == (recency.version.lower().rpartition("-")[0],):
            yield "twin"
    if recency.is_old and position > 0 and not _is_twin(recency) and not _is_newest_stable(recency):
        yield "age"


def ends_test(recency: Recency) -> bool:
    """Whether arm-ttk's test ends at this version, and looks at none after it: an old one that is the newest stable."""
    return recency.is_old and recency.position > 0 and not _is_twin(recency) and _is_newest_stable(recency)


def _is_twin(recency: Recency) -> bool:
    return recency.position == 1 and recency.known[0].rpartition("-")[0] == recency.version.lower()


def _is_newest_stable(recency: Recency) -> bool:
    # Here only the word counts: a beta is as good as stable.
    return recency.version.lower() == next((one for one in recency.known if "preview" not in one), None)


def type_chain(found: Found) -> list[str]:
    """The types of the objects around a hit, outermost first, and of its holder; those without one left out."""
    written = (get(one, "type") for one in (*reversed(found.ancestors), found.holder))
    return [text_of(one) for one in written if truthy(one)]
