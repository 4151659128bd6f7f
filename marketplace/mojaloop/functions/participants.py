"""Whether a name is that of a participant who may call the switch. Standard library only.

The contract with the policy of API Management: 200 for an active participant, 404 for an unknown one, 403 for one that
is not active, has another certificate or is no proxy although it calls as one, 503 when nobody can be asked. Everything
but 200 keeps the caller out.
"""

import contextlib
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
TIMEOUT_SECONDS = 4  # API Management waits for five
LONGEST_ANSWER = 1_000_000
HUB_ACCOUNTS = {"HUB_MULTILATERAL_SETTLEMENT", "HUB_RECONCILIATION"}  # no participant has these


class SourceUnavailable(Exception):
    """Nobody could be asked; the message says whom and why, for the log and not for the caller."""


@dataclass(frozen=True)
class Participant:
    """What the ledger knows; `is_hub` is the switch itself, which is no participant."""

    name: str
    is_active: bool
    is_proxy: bool
    is_hub: bool


@dataclass(frozen=True)
class Answer:
    """Status and body of the reply."""

    status: int
    body: Mapping[str, Any]


Source = Callable[[str], Participant | None]


def check(name: str, thumbprint: str, kind: str, source: Source, settings: Mapping[str, str]) -> Answer:
    """The answer for one participant; `kind` is `dfsp`, or `proxy` for one that hands on messages of others."""
    if not NAME.fullmatch(name):
        return refusal(404, "no participant has such a name")
    try:
        certificates = registered(settings)
        found = source(name)
    except SourceUnavailable as error:
        return refusal(503, str(error))
    # The database compares names without case; API Management has compared the sender with it.
    if found is None or found.is_hub or found.name != name:
        return refusal(404, "not a participant")
    if not found.is_active:
        return refusal(403, "the participant is not active")
    if kind == "proxy" and not found.is_proxy:
        return refusal(403, "the participant is no proxy")
    if not knows_certificate(certificates, name, thumbprint, strict=settings.get("REQUIRE_CERTIFICATE") == "true"):
        return refusal(403, "the certificate is not registered for the participant")
    return Answer(200, {"name": found.name, "isActive": True, "isProxy": found.is_proxy})


def refusal(status: int, reason: str) -> Answer:
    """An answer that keeps the caller out."""
    return Answer(status, {"error": reason})


def registered(settings: Mapping[str, str]) -> Mapping[str, list[str]]:
    """Thumbprints by participant, of the setting CERTIFICATES_JSON; one that cannot be read lets nobody in."""
    try:
        value = json.loads(settings.get("CERTIFICATES_JSON") or "{}")
    except ValueError as error:
        raise SourceUnavailable(f"CERTIFICATES_JSON is not JSON: {error}") from error
    if not isinstance(value, dict) or not all(isinstance(listed, list) for listed in value.values()):
        raise SourceUnavailable('CERTIFICATES_JSON is not of the form {"name": ["thumbprint"]}')
    return value


def knows_certificate(certificates: Mapping[str, list[str]], name: str, thumbprint: str, *, strict: bool) -> bool:
    """Whether the certificate is the participant's; without any listed, the subject's name decides unless strict."""
    listed = [str(one).replace(":", "").upper() for one in certificates.get(name, [])]
    return thumbprint.upper() in listed if listed or strict else True


def ledger(url: str, hub: str, open_url: Callable[..., Any] = urllib.request.urlopen) -> Source:
    """Participants of the ledger's own interface."""

    def find(name: str) -> Participant | None:
        request = urllib.request.Request(  # noqa: S310  (the address is a setting of the deployment)
            f"{url.rstrip('/')}/participants/{urllib.parse.quote(name, safe='')}",
            headers={"Accept": "application/json"},
        )
        try:
            with contextlib.closing(open_url(request, timeout=TIMEOUT_SECONDS)) as reply:
                value = json.loads(reply.read(LONGEST_ANSWER))
        except urllib.error.HTTPError as error:
            with error:
                if error.code in {400, 404} and _says_unknown(error):
                    return None
            raise SourceUnavailable(f"the ledger answered {error.code}") from error
        except (OSError, ValueError) as error:
            raise SourceUnavailable(f"the ledger cannot be asked: {error}") from error
        return _of_ledger(value, hub)

    return find


def _says_unknown(error: urllib.error.HTTPError) -> bool:
    """Whether the ledger says that it does not know the participant, and not that the address is wrong."""
    text = error.read(LONGEST_ANSWER).decode("utf-8", "replace")
    return "does not exist" in text or '"3200"' in text or "not found" in text.lower()


def _of_ledger(value: Any, hub: str) -> Participant:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise SourceUnavailable("the ledger's answer is not a participant")
    accounts = value.get("accounts")
    kinds = (
        {one.get("ledgerAccountType") for one in accounts if isinstance(one, dict)}
        if isinstance(accounts, list)
        else set()
    )
    is_hub = value["name"].casefold() == hub.casefold() or not kinds.isdisjoint(HUB_ACCOUNTS)
    return Participant(value["name"], value.get("isActive") in (1, True), value.get("isProxy") in (1, True), is_hub)


def database(connect: Callable[[], Any]) -> Source:
    """Participants of the ledger's own table, read by one statement; `connect` gives a DB-API connection."""
    statement = "SELECT participantId, name, isActive, isProxy FROM participant WHERE name = %s"

    def find(name: str) -> Participant | None:
        try:
            with contextlib.closing(connect()) as connection, contextlib.closing(connection.cursor()) as cursor:
                cursor.execute(statement, (name,))
                row = cursor.fetchone()
        except Exception as error:  # drivers have exceptions of their own, which are not known here
            raise SourceUnavailable(f"the database cannot be asked: {type(error).__name__}") from error
        if row is None:
            return None
        number, found, is_active, is_proxy = row
        return Participant(found, bool(is_active), bool(is_proxy), number == 1)

    return find


def driver(settings: Mapping[str, str]) -> Callable[[], Any]:
    """How to connect to the database of the settings DB_*; the driver is there only where somebody has added it."""

    def connect() -> Any:
        import pymysql  # an option: the package brings no driver

        return pymysql.connect(
            host=settings["DB_HOST"],
            port=int(settings.get("DB_PORT", "3306")),
            user=settings["DB_USER"],
            password=settings["DB_PASSWORD"],
            database=settings.get("DB_NAME", "central_ledger"),
            connect_timeout=TIMEOUT_SECONDS,
            read_timeout=TIMEOUT_SECONDS,
            ssl=None if settings.get("DB_TLS") == "false" else {"check_hostname": True},
        )

    return connect


def chosen_source(settings: Mapping[str, str]) -> Source:
    """The ledger's interface when LEDGER_URL is set, else the database of DB_HOST."""
    if settings.get("LEDGER_URL"):
        return ledger(settings["LEDGER_URL"], settings.get("HUB_NAME", "Hub"))
    if settings.get("DB_HOST"):
        return database(driver(settings))

    def nobody(name: str) -> Participant | None:
        raise SourceUnavailable(f"neither LEDGER_URL nor DB_HOST is set; '{name}' cannot be looked up")

    return nobody
