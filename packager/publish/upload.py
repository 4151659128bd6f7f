"""A finished zip to an address that a service gave for it: in blocks, and only those that are not there yet."""

import hashlib
from collections.abc import Callable
from typing import Any

from packager.publish.failure import ServiceError
from packager.publish.pace import Pace
from packager.publish.packages import Finished
from packager.publish.redact import note_signed, redact

BLOCK = 4 << 20

Progress = Callable[[int, int], None]


class ExpiredAddressError(ServiceError):
    """The storage refuses the signature of the address: it is wrong, or its time is over."""


def upload_package(package: Finished, address: str, pace: Pace, progress: Progress) -> None:
    """Bring the zip to `address`, whose query is its permission.

    Blocks that an earlier run brought are not sent again. Raises ExpiredAddressError, ServiceError.
    """
    with blob_at(address, pace) as client:
        upload(client, package, pace, progress)


def upload(client: Any, package: Finished, pace: Pace, progress: Progress) -> None:
    """Bring the zip to the blob that `client` stands for; what a try has brought, the next need not bring again."""
    persistently(lambda: _bring(client, package, progress), package.archive.name, pace)


def persistently(bring: Callable[[], None], name: str, pace: Pace) -> None:
    """Do something with a storage account that may be done again. Raises ExpiredAddressError, ServiceError."""
    from azure.core.exceptions import AzureError, HttpResponseError  # 100 ms, only where something is uploaded

    for attempt in range(pace.attempts):
        try:
            bring()
            return
        except HttpResponseError as error:
            status = error.status_code or 0
            if status in {401, 403}:
                message = f"the storage refuses the address: {_words(error)}"
                raise ExpiredAddressError(message, status, "the service gives a new one: run this again") from None
            if status < 500 and status not in {0, 408, 429}:
                raise ServiceError(f"the storage refuses '{name}': {_words(error)}", status) from None
            reason = _words(error)
        except AzureError as error:
            reason = _words(error)
        if attempt + 1 < pace.attempts:
            pace.wait(attempt)
    raise ServiceError(f"'{name}' cannot be uploaded: {reason}, {pace.attempts} times")


def _bring(client: Any, package: Finished, progress: Progress) -> None:
    present = _present(client)
    identities, sent = [], 0
    for index, block in enumerate(package.blocks(BLOCK)):
        # The name says what is in the block, so one that is there need not be sent, whoever brought it.
        identity = f"{index:06d}-{hashlib.sha256(block).hexdigest()[:32]}"
        if present.get(identity) != len(block):
            client.stage_block(identity, block, length=len(block), validate_content=True)
        identities.append(identity)
        sent += len(block)
        progress(sent, package.size)
    client.commit_block_list(identities)


def _present(client: Any) -> dict[str, int]:
    """The blocks that are there and not committed yet, with their sizes; none where the address may not ask."""
    from azure.core.exceptions import HttpResponseError  # see upload

    try:
        _, uncommitted = client.get_block_list("uncommitted")
    except HttpResponseError as error:
        if error.status_code == 404 or getattr(error, "error_code", None) == "AuthorizationPermissionMismatch":
            return {}
        raise
    return {block.id: block.size for block in uncommitted}


def blob_at(address: str, pace: Pace) -> Any:
    """A client for the blob at a signed address, to be closed."""
    from azure.storage.blob import BlobClient  # 240 ms, only where something is uploaded

    note_signed(address)
    return BlobClient.from_blob_url(
        address,
        retry_total=0,  # tries are counted and told in one place, `persistently`
        connection_timeout=min(pace.timeout, 20.0),
        read_timeout=pace.timeout,
    )


def _words(error: Exception) -> str:
    code = getattr(error, "error_code", None)
    code = getattr(code, "value", code)
    text = redact(str(error)).partition("\n")[0]
    return f"{code}: {text}" if code else text
