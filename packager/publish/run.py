"""What the steps of a run share: the service, the state, the pace, and somebody to tell."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from packager.errors import UsageError
from packager.publish.ingestion import Ingestion, Item, create_product, find_product
from packager.publish.pace import Pace
from packager.publish.redact import redact
from packager.publish.service import Answer, Service, Token
from packager.publish.state import State
from packager.source.writer import to_json

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Run:
    """`tell` says one line of progress; `waits` is whether to wait for what takes long; `dry` whether to do nothing."""

    api: Ingestion
    state: State
    pace: Pace
    tell: Tell
    waits: bool = False
    dry: bool = False


NOT_MADE = "(new "


def is_made(identity: str) -> bool:
    """Whether something is on the service; in a dry run what would be made has no id to go on with."""
    return not identity.startswith(NOT_MADE)


class DryService(Service):
    """Reads as any service does; what it would write it shows."""

    def __init__(self, base: str, token: Token, pace: Pace, show: Tell) -> None:
        super().__init__(base, token, pace)
        self._show = show
        self._made = 0

    def send(self, method: str, path: str, body: Any = None, etag: str | None = None) -> Answer:
        """A request that reads is sent; any other is shown."""
        if method == "GET":
            return super().send(method, path, body, etag)
        self._made += 1
        lines = [f"{method} {self.address(path)}", *([f"If-Match: {etag}"] if etag else [])]
        self._show(redact("\n".join(lines) + "\n" + (to_json(body) if body is not None else "")))
        answered = {"id": f"{NOT_MADE}{self._made})", "state": "PendingUpload", **(body or {})}
        return Answer(200, answered, {})


def product_of(service: Service, state: State, tell: Tell, *, create: bool) -> str:
    """The id of the offer's product, looked up once and then known from the state. Raises UsageError without one."""
    offer = str(state.value["offer"])
    known = state.value.get("product")
    if known:
        return str(known)
    found: Item | None = find_product(service, offer)
    if found is None:
        if not create:
            hint = "is the offer id right, and may this identity see it? --create makes a new offer"
            raise UsageError(f"there is no offer '{offer}' in Partner Center", hint=hint)
        tell(f"offer {offer}: making it")
        state.record(state.value, making="product")
        found = create_product(service, offer)
    state.value.pop("making", None)
    state.record(state.value, product=str(found["id"]))
    return str(found["id"])
