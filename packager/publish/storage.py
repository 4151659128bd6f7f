"""A zip in a storage account of one's own, and an address that Azure can read it from for a while."""

import datetime
from typing import Any

from packager.publish.cloud import Cloud
from packager.publish.failure import ServiceError
from packager.publish.pace import Pace
from packager.publish.packages import Finished
from packager.publish.redact import note_signed, redact
from packager.publish.run import Tell
from packager.publish.upload import upload

HOURS = 24
_RESOURCE = "https://storage.azure.com"


class _Credential:
    """The identity of the cloud in the form that the storage library asks for."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def get_token(self, *_: str, **__: Any) -> Any:
        from azure.core.credentials import AccessToken  # goes with the storage library

        # The library asks again when this time is over; the cloud keeps tokens until they expire.
        soon = int(datetime.datetime.now(tz=datetime.UTC).timestamp()) + 300
        return AccessToken(self._cloud.token(_RESOURCE), soon)


def stored(cloud: Cloud, account: str, container: str, package: Finished, pace: Pace, tell: Tell) -> str:
    """Upload the zip under its name to a container; an address with which it can be read for a day.

    The address is signed with a key that the identity is given for it, so no key of the account is needed.
    """
    from azure.core.exceptions import AzureError  # with the next 300 ms, only where something is stored
    from azure.storage.blob import BlobServiceClient

    url = f"https://{account}.blob.{cloud.storage_suffix}"
    try:
        with BlobServiceClient(url, credential=_Credential(cloud), retry_total=0) as client:
            tell(f"uploading {package.archive.name}, {package.size:,} bytes, to {url}/{container}")
            upload(client.get_blob_client(container, package.archive.name), package, pace, lambda _, __: None)
            return _address(client, url, account, container, package.archive.name)
    except AzureError as error:
        said = redact(str(error)).partition("\n")[0]
        hint = (
            "the identity needs the role Storage Blob Data Contributor on the account, and the container has to exist"
        )
        raise ServiceError(f"the storage account '{account}' refuses: {said}", hint=hint) from None


def _address(client: Any, url: str, account: str, container: str, name: str) -> str:
    from azure.storage.blob import BlobSasPermissions, generate_blob_sas  # see stored

    start = datetime.datetime.now(tz=datetime.UTC) - datetime.timedelta(minutes=5)
    end = start + datetime.timedelta(hours=HOURS)
    key = client.get_user_delegation_key(start, end)
    signature = generate_blob_sas(
        account,
        container,
        name,
        user_delegation_key=key,
        permission=BlobSasPermissions(read=True),
        start=start,
        expiry=end,
    )
    return note_signed(f"{url}/{container}/{name}?{signature}")
