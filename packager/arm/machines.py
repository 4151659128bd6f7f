"""Virtual machines and scale sets among the resources that would be deployed: their disks and images."""

from collections.abc import Iterator
from typing import NamedTuple

from packager.arm.expansion import ExpandedResource
from packager.arm.template import member
from packager.expressions.values import Unknown, Value

MACHINE = "microsoft.compute/virtualmachines"
SCALE_SET = "microsoft.compute/virtualmachinescalesets"
TYPES = (MACHINE, SCALE_SET)
_PROFILE = {
    MACHINE: ("properties", "storageProfile"),
    SCALE_SET: ("properties", "virtualMachineProfile", "storageProfile"),
}


class Storage(NamedTuple):
    """The storage profile of a machine, and the names that lead to it from the resource."""

    resource: ExpandedResource
    steps: tuple[str, ...]
    profile: Value

    def part(self, *names: str) -> Value:
        """A member of the profile; None when it is absent, an Unknown when that is not known."""
        value = self.profile
        for name in names:
            if type(value) is Unknown:
                return value
            value = member(value, name) if isinstance(value, dict) else None
        return value

    @property
    def image(self) -> Value:
        """The image reference."""
        return self.part("imageReference")


def storages(resources: Iterator[ExpandedResource]) -> Iterator[Storage]:
    """The storage profiles of machines and scale sets that have one."""
    for one in resources:
        steps = _PROFILE[one.type.lower()]
        value: Value = one.body
        for name in steps:
            value = member(value, name) if isinstance(value, dict) else None
        if isinstance(value, dict):
            yield Storage(one, steps, value)
