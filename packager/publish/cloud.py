"""The one place that knows azure-cli-core: which cloud is meant, and tokens for it.

What `az login` left behind is used as it is. A pipeline needs no login: the variables of workload federation (GitHub,
Azure Pipelines), of a service principal or of a managed identity are enough, and nothing of them is written to disk.
"""

import os
from collections.abc import Callable, Mapping
from typing import Any, Literal

from packager.errors import CloudError, PackagerError, UsageError
from packager.publish.federation import Assertion, assertion_source
from packager.publish.redact import note_secret, redact

Means = Literal["auto", "azure-cli", "service-principal", "federated", "managed-identity"]
MEANS: tuple[Means, ...] = ("auto", "azure-cli", "service-principal", "federated", "managed-identity")

_WAYS = (
    "sign in with az login, or set AZURE_CLIENT_ID and AZURE_TENANT_ID with AZURE_CLIENT_SECRET (a service principal) "
    "or AZURE_FEDERATED_TOKEN_FILE (workload federation); --credential says which is used"
)
_Acquire = Callable[[list[str]], Mapping[str, Any]]


class Cloud:
    """The active cloud of the Azure CLI and an identity in it; both are looked up when they are first needed."""

    def __init__(self, means: Means = "auto", environment: Mapping[str, str] = os.environ) -> None:
        self._means = means
        self._environment = environment
        self._context: Any = None
        self._acquire: _Acquire | None = None

    def token(self, resource: str, *, fresh: bool = False) -> str:
        """An access token for a resource such as `https://management.azure.com`.

        Raises UsageError where nobody is signed in, CloudError where the identity service refuses or is out of reach.
        """
        try:
            if self._acquire is None or fresh:
                self._acquire = self._chosen()
            found = str(self._acquire([f"{resource.rstrip('/')}/.default"])["access_token"])
        except (CloudError, UsageError):
            raise
        except Exception as error:  # the login library raises what it likes
            raise _no_token(resource, error) from None
        note_secret(found)
        return found

    @property
    def management(self) -> str:
        """The address of Azure Resource Manager, without a slash at the end."""
        return str(self._active().endpoints.resource_manager).rstrip("/")

    @property
    def management_resource(self) -> str:
        """What tokens for Azure Resource Manager are issued for."""
        return str(self._active().endpoints.active_directory_resource_id).rstrip("/")

    @property
    def storage_suffix(self) -> str:
        """The end of the names of storage services, such as `core.windows.net`."""
        return str(self._active().suffixes.storage_endpoint)

    @property
    def name(self) -> str:
        """The name of the cloud."""
        return str(self._active().name)

    def _cli(self) -> Any:
        if self._context is None:
            try:
                from azure.cli.core import get_default_cli  # 400 ms, and only with the extra `azure`
            except ImportError as error:
                hint = "pip install 'azure-marketplace-packager[azure]'"
                raise UsageError("publishing needs the Azure libraries, which are not installed", hint=hint) from error
            self._context = get_default_cli()
        return self._context

    def _active(self) -> Any:
        return self._cli().cloud

    def _chosen(self) -> _Acquire:
        means = _detected(self._environment) if self._means == "auto" else self._means
        ways: dict[str, Callable[[], _Acquire]] = {
            "service-principal": self._service_principal,
            "federated": self._federated,
            "managed-identity": self._managed_identity,
            "azure-cli": self._logged_in,
        }
        return ways[means]()

    def _logged_in(self) -> _Acquire:
        from azure.cli.core._profile import Profile  # see _cli

        profile = Profile(cli_ctx=self._cli())

        def acquire(scopes: list[str]) -> Mapping[str, Any]:
            (_, token, _), _, _ = profile.get_raw_token(scopes=scopes)
            return {"access_token": token}

        return acquire

    def _managed_identity(self) -> _Acquire:
        self._cli()
        from azure.cli.core.auth.msal_credentials import ManagedIdentityCredential  # see _cli

        acquire: _Acquire = ManagedIdentityCredential(client_id=self._environment.get("AZURE_CLIENT_ID")).acquire_token
        return acquire

    def _service_principal(self) -> _Acquire:
        secret = self._environment.get("AZURE_CLIENT_SECRET")
        if secret:
            note_secret(secret)
            return self._principal({"client_secret": secret})
        return self._principal({"certificate": self._required("AZURE_CLIENT_CERTIFICATE_PATH")})

    def _federated(self) -> _Acquire:
        source: Assertion | None = assertion_source(self._environment)
        if source is None:
            message = "there is no federated token: neither AZURE_FEDERATED_TOKEN_FILE nor that of a pipeline is set"
            hint = "GitHub needs 'permissions: id-token: write', Azure Pipelines a service connection"
            raise UsageError(message, hint=hint)
        return self._principal({"client_assertion": source()})

    def _principal(self, credential: Mapping[str, str]) -> _Acquire:
        client, tenant = self._required("AZURE_CLIENT_ID"), self._required("AZURE_TENANT_ID")
        context = self._cli()
        from azure.cli.core.auth.identity import ServicePrincipalAuth  # see _cli
        from azure.cli.core.auth.msal_credentials import ServicePrincipalCredential

        authority = f"{str(self._active().endpoints.active_directory).rstrip('/')}/{tenant}"
        auth = ServicePrincipalAuth.build_from_credential(tenant, client, dict(credential))
        made = ServicePrincipalCredential(
            client,
            auth.get_msal_client_credential(),
            authority=authority,
            instance_discovery=context.config.getboolean("core", "instance_discovery", True),
        )
        acquire: _Acquire = made.acquire_token
        return acquire

    def _required(self, name: str) -> str:
        value = self._environment.get(name)
        if not value:
            raise UsageError(f"the variable {name} is not set", hint="see the how-to on publishing from a pipeline")
        return value


def _no_token(resource: str, error: Exception) -> PackagerError:
    """What a failure of the login library means: credentials that are missing, or a service that did not give any."""
    from knack.util import CLIError  # comes with the Azure libraries

    message = f"no token for {resource}: {redact(str(error))}"
    # The library keeps what the identity service said in `msal_error`; without, it did not get as far as asking.
    is_unasked = isinstance(error, CLIError) and getattr(error, "msal_error", None) is None
    if is_unasked or isinstance(error, FileNotFoundError):  # of a certificate
        return UsageError(message, hint=_WAYS)
    return CloudError(message, hint="see whether the identity may sign in from here; --credential chooses another")


def _detected(environment: Mapping[str, str]) -> Means:
    """The identity that the variables of a process speak of; else that of the Azure CLI."""
    if environment.get("AZURE_CLIENT_ID") and environment.get("AZURE_TENANT_ID"):
        if environment.get("AZURE_CLIENT_SECRET") or environment.get("AZURE_CLIENT_CERTIFICATE_PATH"):
            return "service-principal"
        if assertion_source(environment) is not None:
            return "federated"
    if environment.get("IDENTITY_ENDPOINT") or environment.get("MSI_ENDPOINT"):
        return "managed-identity"
    return "azure-cli"
