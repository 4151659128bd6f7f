"""A virtual machine keeps its disks in a storage account.

The Marketplace takes managed disks only, and Azure has retired the others.

Remove `vhd`, `image` and `vhdContainers` from the disks, and write `managedDisk` where a kind of storage is to be
chosen:

    "osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}}
"""

from collections.abc import Iterator

from packager.arm.machines import TYPES, Storage, storages
from packager.arm.template import Template, member
from packager.checks.deployed import deployed, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.values import Value

_MARKS = ("vhd", "image", "vhdContainers")


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Report what names a file or a container for a disk."""
    found = storages(deployed(template, package, *TYPES))
    yield from once(hit for one in found for hit in _judged(one))


def _judged(one: Storage) -> Iterator[Hit]:
    for path, disk in _disks(one):
        for mark in _MARKS:
            # A value that is not known may be null.
            if isinstance(disk, dict) and isinstance(member(disk, mark), dict | list) and member(disk, mark):
                message = f"'{mark}' keeps the disk in a storage account; the Marketplace takes managed disks only"
                yield Hit(place(one.resource, *one.steps, *path, mark), message)


def _disks(one: Storage) -> Iterator[tuple[tuple[str | int, ...], Value]]:
    yield ("osDisk",), one.part("osDisk")
    disks = one.part("dataDisks")
    for number, disk in enumerate(disks if isinstance(disks, list) else ()):
        yield ("dataDisks", number), disk
