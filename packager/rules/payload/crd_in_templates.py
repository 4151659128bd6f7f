"""A chart keeps the definition of a custom resource among its templates.

Helm installs what is in `crds/` before it reads any template, and never removes it. A definition in `templates/` comes
and goes with the release: an uninstallation deletes it, and with it every object of that kind in the cluster. Objects
of the kind in the same chart can fail, because the definition may not be there yet.

Move it to `crds/`. Where it has to change with the chart, keep it and annotate it with `helm.sh/resource-policy: keep`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.hooks import template_names, template_of

_KEEP = "helm.sh/resource-policy"


@rule(on="payload", severity=Severity.INFO)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look where the definitions come from."""
    names: dict[str, dict[int, str]] = {}
    for one in payload.of_kind("CustomResourceDefinition"):
        document = one.part.document
        if document.name not in names:
            names[document.name] = template_names(document)
        source = template_of(one, names[document.name])
        if "/templates/" in f"/{source}" and one.annotations.get(_KEEP) != "keep":
            message = f"{one.title} in '{source}' goes with its release; move it to 'crds/'"
            yield Hit(one.part.spot("kind"), message)
