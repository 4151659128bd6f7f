"""The portal form, or the template, at a PATH: in a file, a package, a plan of an offer, or made from a source."""

import pathlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from packager.arm.template import is_template
from packager.bundle.model import Bundle
from packager.errors import RefusedError, UsageError
from packager.pipeline.opening import OFFER, OFFER_ENDINGS, existing_place, offer_at, open_bundle
from packager.source.document import Document
from packager.ui.definition import is_form

if TYPE_CHECKING:
    from packager.offer.model import Plan

FORMS = ("createuidefinition.json", "uiformdefinition.json")
TEMPLATES = ("maintemplate.json", "azuredeploy.json")
# Where the offers of a repository lie whose sources somebody names.
_OFFERS = (OFFER, f"*/{OFFER}", f"*/*/{OFFER}", f"*/*/*/{OFFER}")
_NO_OVERRIDES: Mapping[str, str] = {}


class Found(NamedTuple):
    """A document with what stands beside it; `plan` is that of an offer, `others` are its further plans."""

    document: Document
    bundle: Bundle
    plan: str | None = None
    others: tuple[str, ...] = ()


def form_at(path: str, plan: str | None = None, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Found:
    """The form at a PATH. Raises UsageError where there is none, RefusedError where it cannot be read."""
    return _found(path, plan, overrides, FORMS, _is_form, "portal form")


def names_offer(path: str) -> bool:
    """Whether a PATH is an offer, and not a package or a source. Raises UsageError where there is nothing."""
    offer = offer_at(existing_place(path))
    return offer is not None and not _is_source(offer)


def form_in(bundle: Bundle, path: str) -> Found:
    """The form of a plan that is rendered already. Raises as `form_at` does."""
    return Found(_document(bundle, path, FORMS, _is_form, "portal form"), bundle, bundle.plan)


def template_at(path: str, plan: str | None = None, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Found:
    """The template at a PATH. Raises UsageError where there is none, RefusedError where it cannot be read."""
    return _found(path, plan, overrides, TEMPLATES, lambda _, value: is_template(value), "ARM template")


def template_beside(bundle: Bundle) -> Document | None:
    """The main template at the root of a package, readable or not; None where it has none."""
    name = _first_of(bundle, TEMPLATES)
    return bundle.document(name) if name is not None else None


def _first_of(bundle: Bundle, names: tuple[str, ...]) -> str | None:
    """The first of these names, in lower case, that an entry at the root has, as it is written there."""
    by_name = {name.lower(): name for name in bundle.entries}
    return next((by_name[name] for name in names if name in by_name), None)


def _is_form(name: str, value: Any) -> bool:
    return is_form(name, value) or (isinstance(value, dict) and isinstance(value.get("view"), dict))


def _found(
    path: str,
    plan: str | None,
    overrides: Mapping[str, str],
    names: tuple[str, ...],
    is_wanted: Callable[[str, Any], bool],
    what: str,
) -> Found:
    place = existing_place(path)
    offer = offer_at(place)
    plans: tuple[str, ...] = ()
    if offer is not None and not _is_source(offer):
        bundle, plans = _rendered(offer, path, plan, overrides)
    elif place.is_file() and _is_source(place):
        offer, chosen, plans = _offer_of(place, plan, what)
        bundle, _ = _rendered(offer, str(offer), chosen, overrides)
    elif plan is not None:
        raise UsageError(f"'{path}' is no offer, so it has no plan '{plan}'", hint="leave --plan out")
    else:
        bundle = open_bundle(path)
    return Found(_document(bundle, path, names, is_wanted, what), bundle, bundle.plan, plans)


def _is_source(place: pathlib.Path) -> bool:
    name = place.name.lower()
    return name.endswith((".j2", ".bicep")) or (name.endswith(OFFER_ENDINGS) and _stem(name) in {*FORMS, *TEMPLATES})


def _stem(name: str) -> str:
    """The name of the JSON file that a YAML source becomes."""
    return name.rpartition(".")[0] + ".json"


def _rendered(
    offer: pathlib.Path, path: str, plan: str | None, overrides: Mapping[str, str]
) -> tuple[Bundle, tuple[str, ...]]:
    """What a plan becomes, and the ids of the others; without a name, the first plan."""
    from packager.offer.load import load_offer, select_plans  # brings yaml and jsonschema, 80 ms
    from packager.render.render import render_plan  # brings jinja2, 70 ms
    from packager.render.whole import problem_lines, readable, refusal_of  # goes with it

    read = readable(load_offer(offer), path)
    chosen = select_plans(read, (plan,) if plan is not None else ())
    rendered = render_plan(read, chosen[0], overrides, path)
    if rendered.failed:
        what = f"plan '{chosen[0].id}' of '{path}' cannot be rendered"
        raise refusal_of(what, path, problem_lines(rendered, "error"))
    return rendered.bundle, tuple(one.id for one in chosen[1:])


def _offer_of(source: pathlib.Path, plan: str | None, what: str) -> tuple[pathlib.Path, str, tuple[str, ...]]:
    """The offer with a plan that is made from a source, that plan, and the others that are.

    Raises UsageError when there is none, RefusedError for the source of something else than what was asked for.
    """
    from packager.offer.load import load_offer  # as above
    from packager.offer.repository import repository_root  # goes with it

    root = repository_root(source)
    name = source.resolve().relative_to(root).as_posix()
    for offer in _offers(root):
        loaded = load_offer(offer).offer
        made = {} if loaded is None else {one.id: _made_from(one, name) for one in loaded.plans}
        plans = [one for one, made_of_it in made.items() if what in made_of_it]
        chosen = next((one for one in plans if plan in {None, one}), None)
        if chosen is not None:
            return offer, chosen, tuple(one for one in plans if one != chosen)
        other = next((one for of_plan in made.values() for one in of_plan), None)
        if other is not None and not plans:
            raise RefusedError(f"'{source}' is no {what} but the source of the {other}", hint=_HINTS[what])
    of_plan = f" of a plan '{plan}'" if plan is not None else ""
    raise UsageError(
        f"'{source}' is the source{of_plan} of no offer under '{root}'", hint="name the offer.yaml that is made from it"
    )


def _made_from(plan: "Plan", name: str) -> list[str]:
    """What a plan makes from the source of that name."""
    return [what for what, source in (("portal form", plan.ui), ("ARM template", plan.template)) if source.path == name]


def _offers(root: pathlib.Path) -> Iterator[pathlib.Path]:
    for pattern in _OFFERS:
        yield from sorted(root.glob(pattern))


def _document(
    bundle: Bundle, path: str, names: tuple[str, ...], is_wanted: Callable[[str, Any], bool], what: str
) -> Document:
    """The document that was asked for: the only one of a file, else the one of that name at the root."""
    if bundle.kind == "file":
        found = next((name for name in bundle.entries if bundle.is_reported(name)), None)
        if found is None:
            raise RefusedError(bundle.problems[0].message if bundle.problems else "it cannot be read", where=path)
        name = found
    else:
        _refuse_unreadable(bundle, path)
        found = _first_of(bundle, names)
        if found is None:
            raise UsageError(f"'{path}' holds no {what}", hint=f"looked for {' and '.join(names)} at its root")
        name = found
    document = bundle.document(name)
    refuse_broken(document, _shown(bundle, path, name))
    if not is_wanted(document.name, document.value):
        raise RefusedError(f"'{_shown(bundle, path, name)}' is no {what}", hint=_HINTS[what])
    return document


def refuse_broken(document: Document, shown: str) -> None:
    """Raise RefusedError with line and column when a document has no value; `shown` is its path for the user."""
    if document.problem is not None:
        place = document.place_of(document.problem.span)
        where = f"{shown}:{place.line}:{place.column}"
        raise RefusedError(document.problem.message, where=where, hint=document.problem.hint)


def _refuse_unreadable(bundle: Bundle, path: str) -> None:
    """Raises RefusedError for a package that cannot be looked into, such as a zip that is none."""
    problem = next((one for one in bundle.problems if not one.name), None)
    if problem is not None and not bundle.entries:
        raise RefusedError(problem.message, where=path)


_HINTS = {
    "portal form": "it needs the $schema of a CreateUIDefinition or uiFormDefinition",
    "ARM template": "it needs the $schema of a deployment template, or resources",
}


def _shown(bundle: Bundle, path: str, name: str) -> str:
    return path if bundle.kind == "file" else f"{path}/{name}"
