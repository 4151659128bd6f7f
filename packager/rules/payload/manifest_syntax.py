"""A file with Kubernetes objects or Helm's values cannot be read, or holds what is no object.

`kubectl apply` and Helm refuse the file. The sub-id, where there is one, tells what it is:

- `[object]`: a YAML document without `apiVersion` or `kind`, or with one that is no text;
- `[duplicate-key]`: a key that is there twice; readers differ in which one they take, and some refuse it;
- `[unread]`: what is beyond 32 MB of such files in one package was not looked at.

A YAML file counts as one with Kubernetes objects when a line of it starts with `apiVersion`, and it says `kind`.
Templates (`{{`, `{%`, `<%`, `@NAME@`, `%NAME%`) are left alone.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload, Unread
from packager.checks.rule import Hit, rule
from packager.helm.objects import Manifest
from packager.source.span import Span
from packager.source.spot import Spot

_SHOWN = 10


@rule(on="payload", severity=Severity.ERROR)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Report what could not be read, then what was read and is no object."""
    yield from map(_unread, payload.unread)
    for manifest in payload.manifests:
        yield from _documents(manifest)
        twice = (one for one in manifest.document.deviations if one.kind == "duplicate-key")
        for _count, one in zip(range(_SHOWN), twice, strict=False):
            yield Hit(Spot(manifest.document, span=one.span), one.message, "duplicate-key", severity=Severity.WARNING)


def _unread(one: Unread) -> Hit:
    problem = one.problem
    if problem is None:
        message = f"'{one.document.name}' was not looked at: there are more than 32 MB of Kubernetes objects before it"
        return Hit(Spot(one.document, span=Span(0, 0)), message, "unread", severity=Severity.WARNING)
    hint = f"; {problem.hint}" if problem.hint else ""
    return Hit(Spot(one.document, span=problem.span), f"this cannot be read as YAML: {problem.message}{hint}")


def _documents(manifest: Manifest) -> Iterator[Hit]:
    for position, value in enumerate(manifest.document.value):
        if value is None:
            continue
        lacking = [key for key in ("apiVersion", "kind") if not _is_name(value, key)]
        if lacking:
            names = "' and no '".join(lacking)
            message = f"this YAML document has no '{names}': Kubernetes takes objects only"
            yield Hit(Spot(manifest.document, (position,)), message, "object")


def _is_name(value: object, key: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get(key), str) and bool(value[key])
