"""What goes wrong with a service: a refusal in its words, or an answer that never came."""

from typing import Any

from packager.errors import CloudError
from packager.publish.redact import redact

_HINTS = {
    401: "sign in again, or see whether the identity (--credential) may use this service",
    403: "the identity needs the role Manager in Partner Center: Account settings, User management",
    404: "it may have been deleted in Partner Center since it was read",
    409: "see what is going on there: packager publish status",
    412: "somebody changed it in the meantime: run this again",
    429: "the service asks for patience: run this again later; what was done is kept",
}
_RERUN = "run this again: what was done is kept, and nothing is sent twice"


class ServiceError(CloudError):
    """A service refused a request; `status` is that of HTTP, 0 when there was none."""

    def __init__(self, message: str, status: int = 0, hint: str | None = None) -> None:
        super().__init__(redact(message), hint=hint or _HINTS.get(status, _RERUN))
        self.status = status


class LostAnswerError(CloudError):
    """A request that must not be repeated blindly may have been carried out: nobody knows."""

    def __init__(self, message: str) -> None:
        super().__init__(redact(message), hint=_RERUN)


def words_of(body: Any) -> str:
    """What a service says in the body of a refusal, as far as it says anything."""
    if isinstance(body, str):
        return " ".join(body.split())[:500]
    if not isinstance(body, dict):
        return ""
    error = body.get("error")
    inner = error if isinstance(error, dict) else body
    parts = [inner.get(key) for key in ("code", "errorCode", "message")]
    if isinstance(error, str):
        parts.append(error)
    for key in ("details", "validationErrors", "errors"):
        found = inner.get(key)
        parts += [words_of(one) for one in found[:10]] if isinstance(found, list) else []
    return ": ".join(dict.fromkeys(str(part) for part in parts if part))
