"""Option values that Azure would refuse later, or take for something else: ids, addresses and authorizations."""

from typing import Any
from urllib.parse import urlsplit

import click
from click.types import StringParamType

from packager.offer.limits import ROLES, is_guid
from packager.source.nearest import did_you_mean


class Guid(StringParamType):
    """The id of something in Azure."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The id as it was written."""
        if not is_guid(value):
            self.fail(f"'{value}' is no GUID, such as 11111111-2222-3333-4444-555555555555", param, ctx)
        return str(value)


class SecureAddress(StringParamType):
    """An https address; it may be signed, so no message repeats it."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address as it was written."""
        try:
            parts = urlsplit(value)
            good = parts.scheme == "https" and bool(parts.hostname)
        except ValueError:  # a host in brackets that is none
            good = False
        if not good:
            self.fail("it must be an address that begins with https:// and names a host", param, ctx)
        return str(value)


class Authorization(StringParamType):
    """`PRINCIPAL=ROLE`: a GUID, and a role by its GUID or as Owner or Contributor; Owner where none is named."""

    name = "authorization"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The authorization as it was written."""
        principal, equals, role = str(value).partition("=")
        if not is_guid(principal):
            self.fail(f"the principal '{principal}' is no GUID; write PRINCIPAL=ROLE", param, ctx)
        if equals and not is_guid(role) and role.lower() not in ROLES:
            known = [one.capitalize() for one in ROLES]
            near = did_you_mean(role, known)
            self.fail(f"the role '{role}' is neither {' nor '.join(known)} nor a GUID{near}", param, ctx)
        return str(value)
