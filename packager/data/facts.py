"""The facts that ship with the tool: what they are, where they come from, and how old they are."""

import datetime
from typing import NamedTuple

from packager.data.api_versions import TABLE, shipped

STALE_DAYS = 180


class Fact(NamedTuple):
    """A table of facts. `date` is that of its sources, None where they have none; `sha256` that of what it holds."""

    name: str
    holds: str
    origin: str
    date: datetime.date | None
    sha256: str
    renewal: str

    def age(self, today: datetime.date) -> int | None:
        """Its age in days, never below 0; None where the date is not known."""
        return max((today - self.date).days, 0) if self.date is not None else None

    def is_stale(self, today: datetime.date) -> bool:
        """Whether it is so old that new facts are to be expected."""
        age = self.age(today)
        return age is not None and age > STALE_DAYS


def api_versions_fact() -> Fact:
    """The table of resource types and their api-versions."""
    header = shipped().header
    return Fact(
        name="api-versions",
        holds=f"{header['types']:,} resource types ({TABLE.name})",
        origin=header["origin"],
        date=datetime.date.fromisoformat(header["date"]),
        sha256=header["sha256"],
        renewal="python -m packager.data.renew TABLE.json ORIGIN DATE",
    )


def resource_types_fact() -> Fact:
    """The tables of what resource types look like; the digest is that of the digests of all files by name."""
    # Only who asks for the facts pays for these.
    import hashlib

    from packager.data.resource_types import shipped_types

    index = shipped_types().index
    totals, files = index["totals"], index["namespaces"]
    digests = "".join(f"{name} {files[name]['sha256']}\n" for name in sorted(files))
    return Fact(
        name="resource-types",
        holds=f"bodies of {totals['types']:,} resource types in {totals['versions']:,} versions (resource-types/)",
        origin=f"{index['source'].replace('github:', 'github.com/')} at {index['commit'][:12]}, under the MIT licence",
        date=datetime.date.fromisoformat(index["commit_date"]),
        sha256=hashlib.sha256(digests.encode()).hexdigest(),
        renewal="python -m packager.data.renew_resource_types CHECKOUT",
    )


def platforms_fact() -> Fact:
    """What Azure's platforms outside its clouds have."""
    # Only who asks for the facts pays for these.
    import hashlib

    from packager.data.platforms import FILE, shipped_platforms

    data = shipped_platforms()
    held = [
        f"{one['title']} ({sum(len(row['names']) for row in one['types'])} types"
        + (f", profile {one['profile']})" if one["profile"] else ")")
        for one in data["platforms"].values()
    ]
    return Fact(
        name="platforms",
        holds=f"{' and '.join(held)}, what is not there and what to use instead ({FILE.name})",
        origin=data["origin"],
        date=None,
        sha256=hashlib.sha256(FILE.read_bytes()).hexdigest(),
        renewal="by hand",
    )


def facts() -> tuple[Fact, ...]:
    """Every table of facts, in order of names."""
    # Only who asks for the facts pays for these; every check asks for the age of one.
    import hashlib
    import json

    from packager.data import images, kubernetes, roles
    from packager.data.clouds import ENVIRONMENTS

    clouds = json.dumps(ENVIRONMENTS, sort_keys=True, separators=(",", ":")).encode()
    return (
        api_versions_fact(),
        Fact(
            name="clouds",
            holds=f"what environment() says in {len(ENVIRONMENTS)} cloud{'s' * (len(ENVIRONMENTS) != 1)} (clouds.py)",
            origin="Azure's documentation of environment()",
            date=None,
            sha256=hashlib.sha256(clouds).hexdigest(),
            renewal="by hand",
        ),
        Fact(
            name="images",
            holds=f"{len(images.PLATFORM_PUBLISHERS)} publishers of images that need no plan (images.py)",
            origin=images.ORIGIN,
            date=None,
            sha256=hashlib.sha256(json.dumps(sorted(images.PLATFORM_PUBLISHERS)).encode()).hexdigest(),
            renewal="by hand",
        ),
        Fact(
            name="kubernetes",
            holds=f"{len(kubernetes.REMOVED)} API versions that Kubernetes no longer serves (kubernetes.py)",
            origin=kubernetes.ORIGIN,
            date=None,
            sha256=hashlib.sha256(json.dumps(kubernetes.REMOVED).encode()).hexdigest(),
            renewal="by hand",
        ),
        platforms_fact(),
        resource_types_fact(),
        Fact(
            name="roles",
            holds=f"{len(roles.GIVE_ACCESS)} built-in roles that give away roles (roles.py)",
            origin=roles.ORIGIN,
            date=None,
            sha256=hashlib.sha256(json.dumps(roles.GIVE_ACCESS, sort_keys=True).encode()).hexdigest(),
            renewal="by hand",
        ),
    )


def stale_note(today: datetime.date) -> str | None:
    """What to tell whoever relies on a table that is stale."""
    fact = api_versions_fact()
    if not fact.is_stale(today):
        return None
    return (
        f"the table of api-versions is of {fact.date} and {fact.age(today)} days old, so newer versions are not known; "
        "update packager, or name a newer table with --api-versions"
    )
