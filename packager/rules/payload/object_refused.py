"""Kubernetes refuses an object although it has the fields and types of its kind.

Its API server holds objects against rules that the published schemas do not state. Looked at are:

- words that are one of a few (`imagePullPolicy`, `pathType`, `accessModes`), and ranges of numbers;
- names, labels, annotations and the keys of config maps and secrets;
- pods: `restartPolicy`, containers and volumes that are there twice, mounts of volumes that nobody declares, probes
  with none or two handlers, requests above their limits;
- ports and backends of services and ingresses, schedules of cron jobs, access modes and sizes of volume claims, rules
  of roles.

What is filled in later (`${PORT}`) is left alone, and so are objects of other kinds than those of Kubernetes itself.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.admission.kinds import refused_of_kind
from packager.helm.admission.names import refused_names
from packager.helm.admission.pods import refused_of_pod
from packager.helm.admission.words import refused_words

_CHECKS = (refused_names, refused_words, refused_of_kind, refused_of_pod)
_SHOWN = 20  # faults of one object


@rule(on="payload", severity=Severity.ERROR)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Ask every check about every object of Kubernetes itself."""
    for one in payload.objects:
        if one.is_custom:
            continue
        found = (
            each for check in (refused_names, refused_words, refused_of_kind, refused_of_pod) for each in check(one)
        )
        for _count, refusal in zip(range(_SHOWN), found, strict=False):
            yield Hit(*refusal)
