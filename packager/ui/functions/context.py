"""Functions that answer from the form and the place of the deployment."""

from collections.abc import Mapping

from packager.ui.function import ANY, ARRAY, OBJECT, STRING, Frame, function
from packager.ui.values import UNDEFINED, Value

_BASICS = "basics"


@function(STRING, gives=ANY, example="basics('size')", result="small", form="framed")
def basics(frame: Frame, name: str) -> Value:
    """The output of an element of Basics, or the elements of a section there by name."""
    return frame.environment.basics.get(name, UNDEFINED)


@function(STRING, gives=OBJECT, example="steps('network').prefix", result="10.0.0.0/16", form="framed")
def steps(frame: Frame, name: str) -> Value:
    """The outputs of a step's elements by name; `basics` is the step of Basics."""
    found: Mapping[str, Value] | None = frame.environment.steps.get(name)
    if found is None:
        return frame.environment.basics if name == _BASICS else UNDEFINED
    return found


@function(gives=STRING, example="location()", result="westus", form="framed")
def location(frame: Frame) -> Value:
    """The region chosen in Basics, by its short name."""
    found = frame.environment.location
    return UNDEFINED if found is None else found


@function(gives=OBJECT, example="resourceGroup().name", result="rg1", form="framed")
def resource_group(frame: Frame) -> Value:
    """The resource group chosen in Basics: `mode` (New or Existing), `name` and `location`."""
    found = frame.environment.resource_group
    return UNDEFINED if found is None else found


@function(
    gives=OBJECT,
    example="subscription().subscriptionId",
    result="00000000-0000-0000-0000-000000000000",
    form="framed",
)
def subscription(frame: Frame) -> Value:
    """The subscription chosen in Basics: `id`, `subscriptionId`, `tenantId` and `displayName`."""
    found = frame.environment.subscription
    return UNDEFINED if found is None else found


@function(gives=ARRAY, example="empty(resources())", result=True, form="framed", standing="portal")
def resources(frame: Frame) -> Value:
    """The resources of a form of a portal extension."""
    return frame.environment.resources


@function(STRING, gives=ANY, example="empty(parameters('name'))", result=True, form="framed", standing="portal")
def parameters(frame: Frame, name: str) -> Value:
    """A parameter of a form of a portal extension."""
    return frame.environment.parameters.get(name, UNDEFINED)


@function(STRING, gives=ANY, example="empty(dataSources('name'))", result=True, form="framed", standing="portal")
def data_sources(frame: Frame, name: str) -> Value:
    """A data source of a form of a portal extension."""
    return frame.environment.data_sources.get(name, UNDEFINED)
