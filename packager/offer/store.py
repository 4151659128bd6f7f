"""What a listing says beyond texts and images: audiences, prices, markets, and who may do what in a customer's group.

Frozen values that know where in the listing they stand (`at`).
"""

from dataclasses import dataclass
from typing import Literal

from packager.source.span import Path

Visibility = Literal["public", "private"]
Cloud = Literal["public", "government"]


@dataclass(frozen=True, slots=True)
class Audience:
    """An Azure subscription (or, for a private plan, a tenant or subscription) that may see something."""

    id: str
    label: str
    at: Path


@dataclass(frozen=True, slots=True)
class Price:
    """What a plan costs each month or year, in USD; other currencies are converted by the store."""

    amount: float
    cadence: Literal["month", "year"]
    at: Path


@dataclass(frozen=True, slots=True)
class Meter:
    """A custom dimension; `included` is the quantity free each month, None when unlimited."""

    id: str
    name: str
    unit: str
    price: float
    included: int | None
    enabled: bool
    at: Path


@dataclass(frozen=True, slots=True)
class Certification:
    """A certification of a plan for Azure Government."""

    name: str
    link: str
    at: Path


@dataclass(frozen=True, slots=True)
class Authorization:
    """A principal of the publisher's tenant and its role in the customer's managed group; `role` as written."""

    principal: str
    role: str
    at: Path


@dataclass(frozen=True, slots=True)
class Policy:
    """An Azure policy that a plan assigns."""

    name: str
    definition: str
    parameters: str | None
    sku: str | None
    at: Path


@dataclass(frozen=True, slots=True)
class CloudAccess:
    """The publisher's tenant in one cloud and who of it may manage what customers install."""

    cloud: Cloud
    tenant: str
    authorizations: tuple[Authorization, ...]
    at: Path


@dataclass(frozen=True, slots=True)
class Technical:
    """The technical configuration of a managed application; None stands for what the listing leaves alone."""

    jit_access: bool | None
    deployment_mode: Literal["Complete", "Incremental"] | None
    customer_actions: tuple[str, ...] | None
    data_actions: tuple[str, ...] | None
    access: tuple[CloudAccess, ...]
    policies: tuple[Policy, ...] | None
    at: Path


@dataclass(frozen=True, slots=True)
class Tenant:
    """A customer whom an amendment is for."""

    id: str
    description: str
    at: Path


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the Standard Contract for some customers."""

    name: str
    terms: str
    tenants: tuple[Tenant, ...]
    at: Path


@dataclass(frozen=True, slots=True)
class Metering:
    """The application that reports usage for custom dimensions."""

    tenant: str
    application: str
    at: Path


@dataclass(frozen=True, slots=True)
class Selling:
    """To whom, where and for how much a plan is sold; None stands for what the listing leaves alone."""

    visibility: Visibility | None = None
    hidden: bool | None = None
    audience: tuple[Audience, ...] | None = None
    markets: tuple[str, ...] | None = None
    price: Price | None = None
    meters: tuple[Meter, ...] | None = None
    clouds: tuple[Cloud, ...] | None = None
    certifications: tuple[Certification, ...] = ()
    technical: Technical | None = None
