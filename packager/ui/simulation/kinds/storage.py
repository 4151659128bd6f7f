"""Storage accounts and blobs."""

from collections.abc import Iterator, Mapping

from packager.source.lazy import lazy_pattern
from packager.ui.elements.storage import DEFAULT_SKU, SKUS
from packager.ui.simulation.ask import Ask, Found
from packager.ui.simulation.kinds.existing import known_account
from packager.ui.values import Value

_NAME = lazy_pattern("[a-z0-9]{3,24}")


def account(ask: Ask) -> Found:
    """One account; what the answer leaves out is as for a new one."""
    answer = known_account(ask, ask.answer) if isinstance(ask.answer, dict) else {}
    wrong = () if not ask.is_answered or isinstance(ask.answer, dict) else (ask.refused("an object"),)
    output = {
        "name": answer.get("name", ask.text("defaultValue", "name")),
        "resourceGroup": answer.get("resourceGroup", ask.context.resource_group["name"]),
        "type": answer.get("type", _type(ask)),
        "newOrExisting": "existing" if answer.get("newOrExisting") == "existing" else "new",
        "kind": answer.get("kind", "StorageV2"),
    }
    return Found(output, wrong, is_open=not ask.is_answered and not output["name"])


def accounts(ask: Ask) -> Found:
    """Several accounts: their prefix, number and type."""
    answer = ask.answer if isinstance(ask.answer, dict) else {}
    wrong = () if not ask.is_answered or isinstance(ask.answer, dict) else (ask.refused("an object"),)
    count = ask.whole("count")
    output = {
        "prefix": answer.get("prefix", ask.text("defaultValue", "prefix")),
        "count": 1 if count is None else count,
        "resourceGroup": answer.get("resourceGroup", ask.context.resource_group["name"]),
        "type": answer.get("type", _type(ask)),
    }
    return Found(output, wrong, is_open=not ask.is_answered and not output["prefix"])


def _type(ask: Ask) -> str:
    """The default type, or the first one that is allowed when it is not."""
    wanted = ask.text("defaultValue", "type") or DEFAULT_SKU
    if _is_allowed(ask, wanted):
        return wanted
    allowed = ask.texts("constraints", "allowedTypes") or SKUS
    return next((one for one in allowed if _is_allowed(ask, one)), wanted)


def _is_allowed(ask: Ask, name: str) -> bool:
    allowed = ask.texts("constraints", "allowedTypes")
    return (not allowed or name in allowed) and name not in ask.texts("constraints", "excludedTypes")


def check_account(ask: Ask, output: Value) -> Iterator[str]:
    """Name and type of one account."""
    if not isinstance(output, Mapping):
        return
    if output["newOrExisting"] == "existing" and ask.flag("options", "hideExisting"):
        yield "the form takes new storage accounts only"
    yield from _name_problems(output["name"], "the name of the storage account")
    yield from _type_problems(ask, output["type"])


def check_accounts(ask: Ask, output: Value) -> Iterator[str]:
    """Names and type of several accounts."""
    if not isinstance(output, Mapping):
        return
    prefix, digits = output["prefix"], len(str(output["count"]))
    if isinstance(prefix, str) and prefix:
        yield from _name_problems(prefix + "0" * digits, f"the prefix with {digits} digits behind it")
    else:
        yield "the storage accounts need a prefix"
    yield from _type_problems(ask, output["type"])


def _name_problems(name: Value, what: str) -> Iterator[str]:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield f"{what} must have 3 to 24 lower-case letters and digits"


def _type_problems(ask: Ask, name: Value) -> Iterator[str]:
    if not isinstance(name, str) or not _is_allowed(ask, name):
        yield f"the form does not allow the type '{str(name)[:40]}'"


def blob(ask: Ask) -> Found:
    """A blob that was picked."""
    if not ask.is_answered:
        return Found(is_open=True)
    if isinstance(ask.answer, dict) and isinstance(ask.answer.get("blobName"), str):
        return Found(ask.answer)
    return Found(refusals=(ask.refused("an object with blobName and sasUri"),))


def check_blob(ask: Ask, output: Value) -> Iterator[str]:
    """Whether the blob has an ending that the form takes."""
    endings = tuple(f".{one.lower().lstrip('.')}" for one in ask.texts("constraints", "allowedFileExtensions"))
    if isinstance(output, Mapping) and endings and not output["blobName"].lower().endswith(endings):
        yield f"'{output['blobName'][:60]}' does not end with {' or '.join(endings)}"
