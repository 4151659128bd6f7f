"""How names, labels and keys are written: RFC 1123 names and the qualified names of Kubernetes."""

from collections.abc import Iterator
from typing import Any

from packager.helm.admission.refusal import Refusal, route, values_at, written
from packager.helm.objects import KubernetesObject, Part, inside
from packager.source.lazy import lazy_pattern

_LABEL = lazy_pattern(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?")
_SUBDOMAIN = lazy_pattern(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*")
_WORD = lazy_pattern(r"[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?")
_KEY = lazy_pattern(r"[-._A-Za-z0-9]+")
_PORT = lazy_pattern(r"(?=[-a-z0-9]{1,15}$)(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")

LONGEST_LABEL = 63
_LONGEST_SUBDOMAIN = 253
# Kinds whose names are subdomains; those of the others are freer, or are not looked at.
_SUBDOMAINS: dict[str, int] = dict.fromkeys(
    (
        *("ConfigMap", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "Ingress", "IngressClass", "LimitRange"),
        *("NetworkPolicy", "PersistentVolume", "PersistentVolumeClaim", "Pod", "PriorityClass", "ReplicaSet"),
        *("ResourceQuota", "Secret", "ServiceAccount", "StatefulSet", "StorageClass"),
    ),
    _LONGEST_SUBDOMAIN,
) | {"CronJob": 52, "Job": LONGEST_LABEL}  # each of their names becomes part of a pod's, and a label
_LABELS = frozenset({"Namespace", "Service"})
_FREE = ("", ".", "..")  # what even the freest names must not be

SUBDOMAIN_WORDS = "lower case letters, digits, '-' and '.', with a letter or digit at both ends"
LABEL_WORDS = "lower case letters, digits and '-', with a letter or digit at both ends"


def refused_names(one: KubernetesObject) -> Iterator[Refusal]:
    """The name of an object, its namespace, and the labels and annotations of it and of its pods."""
    name, part = written(one.name), one.part
    if name is not None:
        words = _name_words(one.kind, name)
        if words is not None:
            yield Refusal(part.spot("metadata", "name"), f"the name of {one.title} must be {words}")
    namespace = written(one.namespace)
    if namespace is not None and not is_label(namespace):
        message = f"the namespace '{namespace}' must be {_limited(LABEL_WORDS, LONGEST_LABEL)}"
        yield Refusal(part.spot("metadata", "namespace"), message)
    yield from _metadata(part)
    pod = one.pod()
    if pod is not None and pod.template.path != part.path:
        yield from _metadata(pod.template)
    if one.kind in {"ConfigMap", "Secret"}:
        yield from _data_keys(one)


def _name_words(kind: str, name: str) -> str | None:
    """What the name of a kind must be, when it is not."""
    if kind in _LABELS:
        return None if is_label(name) else _limited(LABEL_WORDS, LONGEST_LABEL)
    most = _SUBDOMAINS.get(kind)
    if most is not None:
        return None if is_subdomain(name) and len(name) <= most else _limited(SUBDOMAIN_WORDS, most)
    return "without '/' and '%'" if "/" in name or "%" in name or name in _FREE else None


def _limited(words: str, most: int) -> str:
    return f"at most {most} characters: {words}"


def _metadata(part: Part) -> Iterator[Refusal]:
    for member in ("labels", "annotations"):
        found = inside(part.value, "metadata", member)
        for key, value in found.items() if isinstance(found, dict) else ():
            spot = part.spot("metadata", member, key, key=True)
            if written(key) is not None and not is_qualified(key):
                message = f"'{key}' is no key for {member}: write it like 'name' or 'example.com/name'"
                yield Refusal(spot, message)
            text = written(value) if member == "labels" else None
            if text is not None and not _is_word(text):
                message = (
                    f"'{text}' is no value for a label: at most {LONGEST_LABEL} letters, digits, '-', '_' and '.', "
                    "with a letter or digit at both ends"
                )
                yield Refusal(part.spot("metadata", member, key), message)


def _data_keys(one: KubernetesObject) -> Iterator[Refusal]:
    for member in ("data", "stringData", "binaryData"):
        found = one.part.value.get(member)
        for key in found if isinstance(found, dict) else ():
            if written(key) is not None and not (
                _KEY.fullmatch(key) and len(key) <= _LONGEST_SUBDOMAIN and key not in _FREE
            ):
                message = f"'{key}' is no key for '{member}': letters, digits, '-', '_' and '.' only"
                yield Refusal(one.part.spot(member, key, key=True), message)


def misnamed(part: Part, name: str, what: str) -> Iterator[Refusal]:
    """The texts at a route that must be DNS labels and are none; `what` names such a text."""
    for path, value in values_at(part, route(name)):
        text = written(value)
        if text is not None and not is_label(text):
            message = f"the name '{text}' of {what} must be {_limited(LABEL_WORDS, LONGEST_LABEL)}"
            yield Refusal(part.spot(*path), message)


def misnamed_ports(part: Part, name: str) -> Iterator[Refusal]:
    """The texts at a route that must be names of ports of containers and are none."""
    for path, value in values_at(part, route(name)):
        text = written(value)
        if text is not None and not _PORT.fullmatch(text):
            message = (
                f"'{text}' is no name of a port, which has at most 15 lower case letters, digits and '-', and a letter "
                "among them"
            )
            yield Refusal(part.spot(*path), message + ("; write the number without quotes" if text.isdigit() else ""))


def is_label(text: str) -> bool:
    """Whether a text is an RFC 1123 label."""
    return len(text) <= LONGEST_LABEL and _LABEL.fullmatch(text) is not None


def is_subdomain(text: str) -> bool:
    """Whether a text is an RFC 1123 subdomain."""
    return len(text) <= _LONGEST_SUBDOMAIN and _SUBDOMAIN.fullmatch(text) is not None


def is_qualified(key: Any) -> bool:
    """Whether a text can be the key of a label or, its case aside, of an annotation."""
    prefix, slash, name = str(key).rpartition("/")
    return _is_word(name) and (not slash or is_subdomain(prefix.lower()))


def _is_word(text: str) -> bool:
    return len(text) <= LONGEST_LABEL and _WORD.fullmatch(text) is not None
