"""`helm render`: what the releases of an offer become, as text or as files."""

from collections.abc import Mapping

from packager.bundle.model import Bundle, Entry
from packager.helm.messages import Message, template_messages
from packager.offer.load import load_offer, select_plans
from packager.pipeline.opening import offer_named
from packager.pipeline.releases import Choice, Made, PlanPayload, Runs, plan_payload, refuse_unknown_releases
from packager.render.model import Rendered
from packager.render.whole import problem_lines, readable, refusal_of


def render_releases(path: str, overrides: Mapping[str, str], choice: Choice, runs: Runs) -> tuple[PlanPayload, ...]:
    """Render the chosen releases. Raises RefusedError for an offer that cannot be read or rendered itself."""
    offer = readable(load_offer(offer_named(path)), path)
    plans = select_plans(offer, choice.plans)
    refuse_unknown_releases(plans, choice.releases)
    payloads = tuple(plan_payload(runs, offer, plan, overrides, choice, path) for plan in plans)
    failed = [line for payload in payloads for line in problem_lines(payload.rendered, "error")]
    if failed:
        raise refusal_of(f"the payload of '{path}' cannot be rendered", path, failed)
    return payloads


def reason(made: Made) -> str:
    """Why a release was not rendered."""
    release = made.release
    if made.status == "not-at-hand" or made.answer is None:
        return f"{release.title} is not at hand: {release.absence}"
    if made.answer.failure:
        return f"helm gives no answer: {made.answer.failure}"
    return "; ".join(map(_placed, template_messages(made.answer.err)))


def _placed(message: Message) -> str:
    if message.file is not None:
        return f"{message.file}:{message.line}: {message.text}" if message.line else f"{message.file}: {message.text}"
    return f"values '{'.'.join(map(str, message.path))}': {message.text}" if message.path else message.text


def as_text(made: Made) -> str:
    """The objects of a release behind lines that say which one it is; files of the chart in order of names."""
    if made.status != "rendered":
        return ""
    head = f"# Plan: {made.plan}\n# Release: {made.release.name}\n# Namespace: {made.release.namespace}\n"
    return head + "".join(f"---\n# Source: {made.file_of(one)}\n{one.text}" for one in made.documents)


def as_rendered(payload: PlanPayload) -> Rendered:
    """The objects of a plan as files: `<release>/<chart>/templates/<file>`."""
    entries = {}
    for made in payload.made:
        for one in made.documents:
            name, data = f"{made.release.name}/{made.file_of(one)}", one.text.encode("utf-8", "surrogatepass")
            entries[name] = Entry(name, len(data), lambda data=data: data)  # type: ignore[misc]
    bundle = payload.rendered.bundle
    return Rendered(Bundle(bundle.root, bundle.kind, bundle.plan, entries), (), dict.fromkeys(entries, ()))
