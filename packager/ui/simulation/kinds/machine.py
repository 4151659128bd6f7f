"""Credentials and sizes of virtual machines, and names of their administrators."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.ui.simulation.ask import Ask, Found
from packager.ui.values import UNDEFINED, Value

PASSWORD = "password"  # noqa: S105 - a kind of credentials
SSH_KEY = "sshPublicKey"
_RESERVED = """
1 123 a actuser adm admin admin1 admin2 administrator aspnet backup console david guest john owner root server sql
support support_388945a0 sys test test1 test2 test3 user user1 user2
"""
RESERVED = frozenset(_RESERVED.split())
RESERVED_ON_LINUX = RESERVED | {"user3", "user4", "user5", "video"}
_DENIED = """
abc@123 iloveyou! P@$$w0rd P@ssw0rd P@ssword123 Pa$$word pass@word1 Password! Password1 Password22
"""
DENIED = frozenset(_DENIED.split())
_SHORTEST = 12
_LONGEST = {"Windows": 123, "Linux": 72}
_LONGEST_NAME = {"Windows": 20, "Linux": 32}


def credentials(ask: Ask) -> Found:
    """A password or an SSH key, each with the members of its kind."""
    key_only = ask.flag("options", "hidePassword") and _is_linux(ask)
    if not ask.is_answered:
        return Found(_credentials({"authenticationType": SSH_KEY if key_only else PASSWORD}), is_open=True)
    if not isinstance(ask.answer, dict):
        return Found(UNDEFINED, (ask.refused("an object with a password or an sshPublicKey"),))
    output = _credentials(ask.answer)
    refusals = []
    if key_only and output["authenticationType"] == PASSWORD:
        refusals.append("the form takes an SSH key only")
    if output["authenticationType"] == SSH_KEY and not _is_linux(ask):
        refusals.append("Windows takes a password only")
    return Found(output, tuple(refusals))


def _credentials(answer: Mapping[str, Any]) -> dict[str, Value]:
    """The output of an answer: its kind is as it says, else by what it holds."""
    holds_key = SSH_KEY in answer or "generateNewSshKey" in answer
    kind = answer.get("authenticationType", SSH_KEY if holds_key and PASSWORD not in answer else PASSWORD)
    if kind != SSH_KEY:
        return {"authenticationType": PASSWORD, "password": _text(answer, PASSWORD)}
    is_generated = answer.get("generateNewSshKey") is True
    return {
        "authenticationType": SSH_KEY,
        "sshPublicKey": "" if is_generated else _text(answer, SSH_KEY),
        "sshKeyName": _text(answer, "sshKeyName"),
        "generateNewSshKey": is_generated,
    }


def _text(answer: Mapping[str, Any], name: str) -> str:
    found = answer.get(name)
    return found if isinstance(found, str) else ""


def check_credentials(ask: Ask, output: Value) -> Iterator[str]:
    """Whether they are given, and what the platform wants of a password."""
    if not isinstance(output, Mapping):
        return
    given = output.get(PASSWORD) or output.get(SSH_KEY) or output.get("generateNewSshKey")
    if not given:
        if ask.flag("constraints", "required", default=True):
            yield "a password is needed" if PASSWORD in output else "an SSH public key is needed"
        return
    if PASSWORD in output:
        yield from password_problems(output[PASSWORD], "Linux" if _is_linux(ask) else "Windows")


def password_problems(password: str, platform: str) -> Iterator[str]:
    """What a virtual machine has against a password."""
    longest = _LONGEST[platform]
    if not _SHORTEST <= len(password) <= longest:
        yield f"the password has {len(password)} characters; it needs {_SHORTEST} to {longest}"
    kinds = (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())
    if sum(any(map(kind, password)) for kind in kinds) < 3:
        yield "the password needs three of these: lower-case letters, upper-case letters, digits, special characters"
    if password in DENIED:
        yield "the password is on the list of well-known ones"


def user_name_problems(name: str, platform: str) -> Iterator[str]:
    """What a virtual machine has against the name of its administrator."""
    longest = _LONGEST_NAME[platform]
    if len(name) > longest:
        yield f"the name has {len(name)} characters; it may have {longest}"
    if platform == "Windows" and name.endswith("."):
        yield "the name must not end with a period"
    if name.lower() in (RESERVED_ON_LINUX if platform == "Linux" else RESERVED):
        yield f"'{name}' is a reserved name"


def check_user_name(ask: Ask, output: Value) -> Iterator[str]:
    """What the platform wants of a name."""
    if isinstance(output, str) and output:
        yield from user_name_problems(output, "Linux" if _is_linux(ask) else "Windows")


def _is_linux(ask: Ask) -> bool:
    return ask.text("osPlatform").lower() == "linux"


def size(ask: Ask) -> Found:
    """The size; without an answer the first recommended one that is allowed."""
    if ask.is_answered:
        return Found(ask.answer) if isinstance(ask.answer, str) else Found(_start(ask), (ask.refused("a text"),))
    return Found(start := _start(ask), is_open=start is UNDEFINED)


def _start(ask: Ask) -> Value:
    return next((one for one in ask.texts("recommendedSizes") if _is_allowed(ask, one)), UNDEFINED)


def _is_allowed(ask: Ask, name: str) -> bool:
    allowed, excluded = ask.get("constraints", "allowedSizes"), ask.texts("constraints", "excludedSizes")
    if isinstance(allowed, list) and name.lower() not in {
        one.lower() for one in ask.texts("constraints", "allowedSizes")
    }:
        return False
    return name.lower() not in {one.lower() for one in excluded}


def check_size(ask: Ask, output: Value) -> Iterator[str]:
    """Whether there is a size, and the form allows it."""
    if not isinstance(output, str) or not output:
        yield "a size is needed"
    elif not _is_allowed(ask, output):
        yield f"the form does not allow the size '{output[:40]}'"
