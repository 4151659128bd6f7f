"""The table of all functions: by name for the evaluator, by family for people.

The names stand here so that evaluating loads only the families that it needs; a test compares them with the modules.
"""

import importlib
from functools import cache
from types import ModuleType

from packager.expressions.function import Function

FAMILIES = {
    "strings": (
        "startsWith endsWith indexOf lastIndexOf format join like padLeft replace split string substring toLower "
        "toUpper trim"
    ),
    "encodings": "base64 base64ToString base64ToJson dataUri dataUriToString json",
    "uris": "uri uriComponent uriComponentToString parseUri buildUri",
    "identifiers": "guid uniqueString",
    "arrays": (
        "array createArray concat contains distinct empty first last flatten indexFromEnd length range skip take "
        "intersection union"
    ),
    "objects": "createObject items objectKeys shallowMerge tryGet tryIndexFromEnd",
    "lambdas": "filter map mapValues reduce sort toObject groupBy lambda lambdaVariables",
    "numbers": "add sub mul div mod int float max min",
    "dates": "dateTimeAdd dateTimeFromEpoch dateTimeToEpoch utcNow",
    "logic": "if and or not coalesce bool true false null fail",
    "comparison": "equals greater greaterOrEquals less lessOrEquals",
    "cidr": "parseCidr cidrSubnet cidrHost",
    "deployment": (
        "parameters variables copyIndex resourceGroup subscription managementGroup tenant deployment deployer "
        "environment externalInputs newGuid"
    ),
    "resources": (
        "resourceId subscriptionResourceId tenantResourceId managementGroupResourceId extensionResourceId reference "
        "references providers pickZones toLogicalZone toLogicalZones toPhysicalZone toPhysicalZones roleDefinitions"
    ),
}
_ANY_LIST = "listany"


@cache
def _families() -> dict[str, str]:
    """The family of each function, by the name of the function in lower case."""
    return {name.lower(): family for family, names in FAMILIES.items() for name in names.split()}


def _module(family: str) -> ModuleType:
    return importlib.import_module(f"packager.expressions.functions.{family}")


@cache
def _members(family: str) -> dict[str, Function]:
    found = (value for value in vars(_module(family)).values() if isinstance(value, Function))
    return {one.name.lower(): one for one in found}


def names() -> list[str]:
    """The names of all functions but those that begin with list."""
    return [name for names in FAMILIES.values() for name in names.split()]


@cache
def find(name: str) -> Function | None:
    """The function of that name, ignoring case; None when there is none."""
    lowered = name.lower()
    family = _families().get(lowered)
    if family is not None:
        return _members(family)[lowered]
    if lowered.startswith("list") and lowered != "list":
        made: Function = _module("resources").list_function(name)
        return made
    return None


def functions() -> dict[str, Function]:
    """Every function by its name in lower case, family by family, but those whose names begin with list."""
    return {name: one for family in FAMILIES for name, one in _members(family).items() if name != _ANY_LIST}


def described() -> list[Function]:
    """Every function for people, in families; all whose names begin with list are one, `list*`."""
    return [*functions().values(), _members("resources")[_ANY_LIST]._replace(name="list*")]
