"""arm-ttk's judgement of an api-version among the known ones of its type, for both tests that ask for recent ones."""

from collections.abc import Iterator

from packager.arm.recency import Recency, is_preview
from packager.arm.template import DEPLOYMENT_TYPE
from packager.checks.armttk.powershell import equal, get, text_of, truthy
from packager.checks.armttk.search import Found
from packager.source.lazy import lazy_pattern

_PROVIDER = lazy_pattern(r"'/*(\w+\.\w+)/*'")


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


def full_type(found: Found) -> str | None:
    """The type that arm-ttk puts together for the object with an `apiVersion`; None where it gives up."""
    types = [_shown_type(one) for one in reversed(found.ancestors)]
    chain = [one for one in types if one] + [text_of(get(found.holder, "type"))]
    if any("/providers/" in one.lower() for one in chain):
        name = get(found.holder, "name")
        provider = _PROVIDER.search(text_of(name))
        return provider.group(1) if provider else None
    kept = [
        one
        for position, one in enumerate(chain)
        if not any(later.lower().startswith(one.lower()) for later in chain[position + 1 :])
    ]
    return "/".join(kept)


def _shown_type(ancestor: dict[str, object]) -> str:
    written = get(ancestor, "type")
    if not truthy(written):
        return ""
    scope = get(get(get(ancestor, "properties"), "expressionEvaluationOptions"), "scope")
    return "" if equal(written, DEPLOYMENT_TYPE) and equal(scope, "inner") else text_of(written)
