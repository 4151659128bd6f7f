"""The parts of a listing about selling -> values. Their shape was checked by the schema, their limits are rules."""

from collections.abc import Mapping
from typing import Any

from packager.offer.store import (
    Amendment,
    Audience,
    Authorization,
    Certification,
    Cloud,
    CloudAccess,
    Meter,
    Metering,
    Policy,
    Price,
    Selling,
    Technical,
    Tenant,
)
from packager.source.span import Path

_CLOUDS: tuple[Cloud, ...] = ("public", "government")


def read_selling(value: Mapping[str, Any], at: Path) -> Selling:
    """What a plan of a listing says about selling it."""
    price = value.get("price")
    technical = value.get("technicalConfiguration")
    return Selling(
        visibility=value.get("visibility"),
        hidden=value.get("hidden"),
        audience=read_audiences(value.get("audience"), (*at, "audience")),
        markets=_texts(value.get("markets")),
        price=Price(price["amount"], price.get("cadence", "month"), (*at, "price")) if price else None,
        meters=_meters(value.get("meters"), (*at, "meters")),
        clouds=tuple(value["clouds"]) if "clouds" in value else None,
        certifications=tuple(
            Certification(one["name"], one["link"], (*at, "certifications", index))
            for index, one in enumerate(value.get("certifications", ()))
        ),
        technical=_technical(technical, (*at, "technicalConfiguration")) if technical is not None else None,
    )


def read_audiences(values: list[dict[str, str]] | None, at: Path) -> tuple[Audience, ...] | None:
    """The audiences in a list; None when there is none, which is not the same as an empty one."""
    if values is None:
        return None
    return tuple(Audience(one["id"], one.get("label", ""), (*at, index)) for index, one in enumerate(values))


def read_amendments(values: list[dict[str, Any]], at: Path) -> tuple[Amendment, ...]:
    """The custom amendments of the Standard Contract."""
    return tuple(
        Amendment(
            one["name"],
            one["terms"],
            tuple(
                Tenant(tenant["id"], tenant.get("description", ""), (*at, index, "tenants", number))
                for number, tenant in enumerate(one.get("tenants", ()))
            ),
            (*at, index),
        )
        for index, one in enumerate(values)
    )


def read_metering(value: dict[str, str] | None) -> Metering | None:
    """The identity that reports usage."""
    return Metering(value["tenant"], value["application"], ("metering",)) if value else None


def _texts(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _meters(values: list[dict[str, Any]] | None, at: Path) -> tuple[Meter, ...] | None:
    if values is None:
        return None
    return tuple(
        Meter(
            id=one["id"],
            name=one["name"],
            unit=one["unit"],
            price=one["price"],
            included=None if one.get("included") == "unlimited" else one.get("included", 0),
            enabled=one.get("enabled", True),
            at=(*at, index),
        )
        for index, one in enumerate(values)
    )


def _technical(value: dict[str, Any], at: Path) -> Technical:
    return Technical(
        jit_access=value.get("jitAccess"),
        deployment_mode=value.get("deploymentMode"),
        customer_actions=_texts(value.get("customerActions")),
        data_actions=_texts(value.get("dataActions")),
        access=tuple(_access(value[cloud], cloud, (*at, cloud)) for cloud in _CLOUDS if cloud in value),
        policies=_policies(value.get("policies"), (*at, "policies")),
        at=at,
    )


def _access(value: dict[str, Any], cloud: Cloud, at: Path) -> CloudAccess:
    authorizations = tuple(
        Authorization(one["principal"], one["role"], (*at, "authorizations", index))
        for index, one in enumerate(value.get("authorizations", ()))
    )
    return CloudAccess(cloud, value["tenant"], authorizations, at)


def _policies(values: list[dict[str, Any]] | None, at: Path) -> tuple[Policy, ...] | None:
    if values is None:
        return None
    return tuple(
        Policy(one["name"], one["definition"], one.get("parameters"), one.get("sku"), (*at, index))
        for index, one in enumerate(values)
    )
