"""The names that sources can use: variables of the offer, the plan and `--set`, and what offer and plan are."""

from collections.abc import Mapping
from typing import Any

from packager.data.kubernetes import KubernetesVersion, read_version
from packager.errors import UsageError
from packager.offer.load import RESERVED
from packager.offer.model import Offer, Plan
from packager.source.document import Document

KUBERNETES_VERSION = "kubernetesVersion"


def plan_variables(offer: Offer, plan: Plan, overrides: Mapping[str, str]) -> dict[str, Any]:
    """Variables by name; a plan's win over the offer's, `--set` wins over both."""
    given = {name: parse_override(name, value) for name, value in overrides.items()}
    facts = {
        "offer": {"id": offer.id, "publisher": offer.publisher, "kind": offer.kind, "version": offer.version},
        "plan": {"id": plan.id, "kind": plan.kind, "version": plan.version, "files": artifact_names(plan)},
    }
    return {**offer.variables, **plan.variables, **given, **facts}


def artifact_names(plan: Plan) -> list[str]:
    """Names of the plan's artifacts in the package, sorted: a script that fetches them one by one needs a list."""
    return sorted({file.name for artifact in plan.artifacts for file in artifact.files})


def stated_version(variables: Mapping[str, Any]) -> KubernetesVersion | None:
    """The version of Kubernetes that the variables name; None where they name none, or one for the region to choose."""
    try:
        return read_version(str(variables[KUBERNETES_VERSION]))
    except (KeyError, UsageError):
        return None


def parse_override(name: str, text: str) -> Any:
    """The value of `--set name=text`, read as YAML so that numbers, true, lists and JSON are what they look like."""
    if not name.isidentifier() or name in RESERVED:
        raise UsageError(f"--set {name}: that is no name of a variable", hint="write --set NAME=VALUE")
    document = Document.from_text("--set.yaml", text)
    if document.problem is not None:
        raise UsageError(f"--set {name}: {document.problem.message}", hint=f"quote a text: --set '{name}=\"...\"'")
    return "" if text.strip() == "" else document.value
