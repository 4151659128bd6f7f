"""An object is not what Kubernetes takes for its kind.

A field is misspelt or at the wrong place, a value has the wrong type, something that must be there is missing: the
object is refused, and with Helm the whole installation ends. The sub-id, where there is one, tells what it is:

- `[kind]`: the API version has no such kind;
- `[custom]`: objects of kinds that are not Kubernetes' own were not compared (once, for information);
- `[unchecked]`: nothing was compared, because the schemas are not installed, or have no version that old (once).

The schemas come with the library kubernetes-validate: `pip install 'azure-marketplace-packager[helm]'`. The version is
the one of `--kubernetes-version` or of the plan's variable `kubernetesVersion`, else 1.34; where the library has no
schemas of it, the newest before it. What is filled in later (`${REPLICAS}`) fits everything.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.data.kubernetes import removal
from packager.helm.objects import KubernetesObject
from packager.helm.schemas import Schemas, library_folder, schemas_for

_SHOWN = 20  # mistakes of one object


@rule(on="payload", severity=Severity.ERROR)
def check(payload: Payload, package: Package) -> Iterator[Hit]:
    """Compare every object of Kubernetes itself with its schema."""
    if not payload.objects:
        return
    folder = library_folder()
    schemas = schemas_for(folder, package.kubernetes) if folder is not None else None
    if schemas is None:
        yield _unchecked(payload.objects[0], installed=folder is not None)
        return
    for one in payload.objects:
        if not one.is_custom:
            yield from _compared(one, schemas)
    custom = [one for one in payload.objects if one.is_custom]
    if custom:
        kinds = ", ".join(sorted({one.kind for one in custom})[:_SHOWN])
        message = f"custom kinds are not compared with a schema here: {kinds}"
        yield Hit(custom[0].part.spot("kind"), message, "custom", severity=Severity.INFO)


def _unchecked(first: KubernetesObject, *, installed: bool) -> Hit:
    why = "there are no schemas of so old a version" if installed else "kubernetes-validate is not installed"
    fix = "name a newer one with --kubernetes-version" if installed else "install 'azure-marketplace-packager[helm]'"
    message = f"no object is compared with the schema of its kind: {why}; {fix}"
    return Hit(first.part.spot("kind"), message, "unchecked", severity=Severity.INFO)


def _compared(one: KubernetesObject, schemas: Schemas) -> Iterator[Hit]:
    schema = schemas.schema(one.api_version, one.kind)
    if schema is None:
        if removal(one.api_version, one.kind) is None:
            message = f"Kubernetes {schemas.version} has no kind '{one.kind}' in '{one.api_version}'"
            yield Hit(one.part.spot("kind"), message, "kind")
        return
    for count, found in enumerate(schemas.mismatches(one.part.value, schema)):
        if count < _SHOWN:
            yield Hit(one.part.spot(*found.path, key=found.on_key), f"{one.title}: {found.message}")
