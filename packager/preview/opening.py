"""From a PATH to what the page is about: the form, the template beside it, and the findings in both."""

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from packager import __version__
from packager.bundle.model import Bundle
from packager.checks.config import Config
from packager.pipeline.check import check_path
from packager.pipeline.checked import Checked
from packager.pipeline.forms import Found, form_at, form_in, names_offer, template_beside
from packager.preview.session import Subject
from packager.report.formats import Context, write_report
from packager.source.document import Document


def opener(
    path: str, config: Config, today: datetime.date, overrides: Mapping[str, str]
) -> Callable[[str | None], Subject]:
    """Reads the subject of a plan at PATH, anew at each call."""
    return lambda plan: open_subject(path, plan, config, today, overrides)


def open_subject(
    path: str, plan: str | None, config: Config, today: datetime.date, overrides: Mapping[str, str]
) -> Subject:
    """What a page about PATH shows. Raises UsageError where it has no form, RefusedError for an unreadable one."""
    found, checked = _opened(path, plan, config, today, overrides)
    return Subject(
        _title(checked, path, found.bundle),
        _subtitle(found, checked),
        found.document,
        _template(found.bundle),
        found.bundle.lookup,
        found.plan,
        tuple(one.id for one in checked.offer.plans) if checked.offer is not None else (),
        tuple(_findings(checked, found.plan)),
        lambda file: _text(file, checked, found.bundle),
        checked.read,
    )


def _opened(
    path: str, plan: str | None, config: Config, today: datetime.date, overrides: Mapping[str, str]
) -> tuple[Found, Checked]:
    """The form and the findings; what an offer's check renders is not rendered once more for its form."""
    if names_offer(path):
        checked = check_path(path, config, today, overrides)
        rendered = next((one for one in checked.rendered if plan in {None, one.bundle.plan}), None)
        if rendered is not None and not rendered.failed:
            return form_in(rendered.bundle, path), checked
    found = form_at(path, plan, overrides)  # which says what is wrong with an offer
    return found, check_path(found.bundle.root, config, today, overrides)


def _title(checked: Checked, path: str, bundle: Bundle) -> str:
    """What the offer is called in the store as far as it says, else its name or that of its folder."""
    offer = checked.offer
    if offer is None:
        return Path(path).resolve().stem if Path(path).is_file() else Path(path).resolve().name
    return (offer.listing.name if offer.listing is not None else None) or _item_name(bundle) or offer.id


def _item_name(bundle: Bundle) -> str | None:
    """The name of a package that is also an item for the marketplace of an Azure Stack Hub: its texts lie in a file."""
    name = next((name for name in bundle.entries if name.endswith("/strings/resources.resjson")), None)
    document = bundle.lookup(name) if name is not None else None
    if document is None or document.problem is not None or not isinstance(document.value, str):
        return None
    texts = Document.from_bytes("resources.json", document.value.encode())  # which knows the limits of JSON
    value = texts.value if texts.problem is None else None
    title = value.get("displayName") if isinstance(value, Mapping) else None
    return title if isinstance(title, str) else None


def _subtitle(found: Found, checked: Checked) -> str:
    if checked.offer is None:
        return found.document.name
    plan = next(plan for plan in checked.offer.plans if plan.id == found.plan)
    return f"Plan {plan.id}, version {plan.version}"


def _template(bundle: Bundle) -> Document | None:
    """The template beside the form, if it can be read."""
    document = template_beside(bundle)
    return document if document is not None and document.problem is None else None


def _findings(checked: Checked, plan: str | None) -> list[Mapping[str, Any]]:
    """The findings in the plan that is shown, in the shape of the JSON report."""
    report = json.loads(write_report("json", checked.report, Context(__version__)))
    return [one for one in report["findings"] if one["plan"] in {None, plan}]


def _text(file: str, checked: Checked, bundle: Bundle) -> str | None:
    """The text of a file that a finding names: a source of the offer, or an entry of the package."""
    if checked.root is not None and (checked.root / file).is_file():
        return (checked.root / file).read_text(encoding="utf-8", errors="replace")
    entry = bundle.entries.get(file)
    return entry.read().decode("utf-8", "replace") if entry is not None else None
