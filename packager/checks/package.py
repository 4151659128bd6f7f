"""What a run of checks looks at: a bundle, and the typed views of it, each made once."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from packager.arm.template import Template, is_template
from packager.bundle.model import Bundle
from packager.checks.content import content_kind, is_content
from packager.checks.rule import Kind
from packager.code.filenames import may_be_script
from packager.data.api_versions import VersionTable, shipped
from packager.data.kubernetes import DEFAULT_VERSION, KubernetesVersion
from packager.helm.names import RELEASES
from packager.source.document import Document
from packager.source.span import Span
from packager.source.spot import Spot, whole_file
from packager.source.tokens import without_letter_escapes
from packager.ui.definition import UiDefinition, is_form

if TYPE_CHECKING:
    from packager.arm.expansion import Expansion
    from packager.arm.filereference import FileReference
    from packager.arm.secrecy import Exposure
    from packager.checks.armttk.run import Settings, Turn
    from packager.checks.deployed import Deployed
    from packager.checks.payload import Payload
    from packager.checks.policies import Policy
    from packager.checks.releases import Release
    from packager.code.script import Script
    from packager.data.platforms import Platform
    from packager.dryrun.run import DryRun
    from packager.expressions.scope import Facts
    from packager.ui.simulation.state import Simulation

MAIN_TEMPLATE = "mainTemplate.json"
FORM = "createUiDefinition.json"
VIEW = "viewDefinition.json"
YAML = (".yaml", ".yml")


@dataclass(eq=False, repr=False)
class Package:
    """A bundle on a day. `kind` is that of the plan (`managed-application`, `solution-template`) when it is known.

    `platform` is the one that the package is checked for, None when that is the public cloud; `kubernetes` the version
    that its Kubernetes objects are meant for.
    """

    bundle: Bundle
    today: datetime.date
    kind: str | None = None
    test_parameters: Mapping[str, str] = field(default_factory=dict)
    api_versions: VersionTable = field(default_factory=shipped)
    platform: "Platform | None" = None
    kubernetes: KubernetesVersion = DEFAULT_VERSION
    _has: dict[Kind, bool] = field(default_factory=dict, init=False)
    expansions: "dict[Template, Expansion]" = field(default_factory=dict)
    simulations: "dict[UiDefinition, Simulation]" = field(default_factory=dict)
    exposures: "dict[Template, dict[str, list[Exposure]]]" = field(default_factory=dict)

    @cached_property
    def turns(self) -> "list[Turn]":
        """The turns that arm-ttk takes when it is started on the package."""
        return self._turns(main_template_first=False)

    @cached_property
    def certification_turns(self) -> "list[Turn]":
        """The turns of arm-ttk in certification; without a main file, those of every file by itself."""
        # The pattern-laden side of the checks is loaded only where a rule with a prediction runs.
        from packager.checks.armttk.plan import plan_each

        return self._turns(main_template_first=True) or plan_each(self.bundle, self.settings)

    def _turns(self, *, main_template_first: bool) -> "list[Turn]":
        from packager.checks.armttk.plan import plan  # see above

        return plan(self.bundle, self.settings, main_template_first=main_template_first)

    @cached_property
    def settings(self) -> "Settings":
        """The check parameters of arm-ttk, for both lenses."""
        from packager.checks.armttk.run import Settings  # see above

        return Settings(self.today, self.test_parameters, self.api_versions)

    @cached_property
    def json_documents(self) -> tuple[Document, ...]:
        """Every JSON document of the package, in order of names."""
        names = [name for name in self.bundle.entries if name.lower().endswith((".json", ".jsonc"))]
        return tuple(self.bundle.document(name) for name in names)

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """Every template file, without the templates nested in it."""
        return tuple(Template(document) for document in self.json_documents if is_template(document.value))

    @cached_property
    def forms(self) -> tuple[UiDefinition, ...]:
        """Every portal form."""
        return tuple(UiDefinition(found) for found in self.json_documents if is_form(found.name, found.value))

    @cached_property
    def main(self) -> Template | None:
        """The main template: `mainTemplate.json`, else `azuredeploy.json`, at the root in any case."""
        return self._main_in("")

    def main_beside(self, document: Document) -> Template | None:
        """The main template in the folder of a form, which the form's outputs go to."""
        return self._main_in(document.name[: document.name.rfind("/") + 1])

    def _main_in(self, folder: str) -> Template | None:
        by_name = {template.document.name.lower(): template for template in self.templates}
        return by_name.get(folder.lower() + MAIN_TEMPLATE.lower()) or by_name.get(folder.lower() + "azuredeploy.json")

    @cached_property
    def form(self) -> UiDefinition | None:
        """The form at the root of the package."""
        return next((form for form in self.forms if form.document.name.lower() == FORM.lower()), None)

    def simulation(self, form: UiDefinition) -> "Simulation":
        """What becomes of a form that nobody touches."""
        found = self.simulations.get(form)
        if found is None:
            # The engine is loaded only where a rule asks for it.
            from packager.ui.simulation.form import read_form
            from packager.ui.simulation.simulate import simulate

            found = self.simulations[form] = simulate(read_form(form.document))
        return found

    @cached_property
    def dry_run(self) -> "DryRun | None":
        """What the main template makes of the form's default answers; None without a form or a main template.

        What depends on the customer or on Azure is unknown.
        """
        if self.form is None or self.main is None:
            return None
        from packager.dryrun.run import dry_run  # as above

        simulation, lookup = self.simulation(self.form), self.bundle.lookup
        return dry_run(simulation, self.main.document, lookup, facts=self.facts, only_decided=True)

    @cached_property
    def facts(self) -> "Facts | None":
        """What is known of the place of a deployment; None for what a deployment somewhere in the public cloud has."""
        if self.platform is None or not self.platform.has_own_cloud:
            return None
        from packager.expressions.scope import Facts  # only who checks for such a platform pays for it

        return Facts(cloud={})

    @cached_property
    def scripts(self) -> "tuple[Script, ...]":
        """Every shell script that the user asked about."""
        names = [name for name in self.bundle.entries if self.bundle.is_reported(name) and may_be_script(name)]
        if not names:
            return ()
        from packager.code.script import script_of  # for packages with such files

        return tuple(found for name in names if (found := script_of(self.bundle.document(name))) is not None)

    @cached_property
    def policies(self) -> "tuple[Policy, ...]":
        """Every policy of API Management, in files of its own and in templates, that the user asked about."""
        from packager.checks.policies import policies  # for packages with policies

        return policies(self)

    @cached_property
    def file_references(self) -> "tuple[FileReference, ...]":
        """Every file of the package that a template refers to, and where."""
        if not any(template.may_name_files for template in self.templates):
            return ()
        from packager.arm.files import file_references  # brings the parser of expressions, 30 ms

        return tuple(file_references(self.templates, self.main))

    @cached_property
    def deployed(self) -> "Deployed":
        """What the templates of the package would deploy, as far as it is known."""
        from packager.checks.deployed import Deployed  # brings the evaluation of expressions

        return Deployed(self)

    @cached_property
    def payload(self) -> "Payload":
        """The Kubernetes objects in the YAML files of the package."""
        from packager.checks.payload import payload_of  # few packages have YAML files

        return payload_of(self.bundle)

    @cached_property
    def releases(self) -> "tuple[Release, ...]":
        """The Helm releases that the package's install script makes."""
        from packager.checks.releases import releases_of  # brings what reads charts

        return releases_of(self.bundle)

    def file_spot(self, name: str) -> Spot:
        """A file of the package as such; one that was rendered knows the source that it starts with."""
        entry = self.bundle.entries.get(name)
        if entry is None or entry.document is None:
            return whole_file(name)
        return Spot(entry.document, span=Span(0, 0))

    def subjects(self, kind: Kind) -> Iterator[Any]:
        """The typed views that rules on `kind` are handed one by one."""
        if kind == "package":
            yield self
        elif kind == "file":
            yield from self.json_documents
        elif kind == "payload":
            yield self.payload
        elif kind == "release":
            yield from self.releases
        elif kind == "template":
            # The template of an outer-scope deployment is evaluated in its parent: it is no template by itself.
            every = (nested for template in self.templates for nested in template.every())
            yield from (template for template in every if template.parent is None or template.inner_scope)
        elif kind == "form":
            yield from self.forms
        elif kind == "script":
            yield from self.scripts
        elif kind == "policy":
            yield from self.policies
        elif kind == "python":
            from packager.checks.functions import code_files  # for packages with such files

            yield from code_files(self)
        elif kind in {"parameters", "view"}:
            yield from (one for one in self.json_documents if content_kind(one) == kind)

    def has(self, kind: Kind) -> bool:
        """Whether a rule on `kind` can have anything to look at, in either lens."""
        if kind not in self._has:
            self._has[kind] = self._holds(kind)
        return self._has[kind]

    def mentions(self, words: tuple[str, ...]) -> bool:
        """Whether one of some words, of ASCII letters in lower case, stands in a JSON document in any case."""
        # What arm-ttk looks for can be another thing when its users say so.
        return bool(self.test_parameters) or any(word in text for text in self.lower_texts for word in words)

    @cached_property
    def lower_texts(self) -> tuple[str, ...]:
        """The texts of the JSON documents in lower case, without escapes that stand for letters."""
        texts = (document.text for document in self.json_documents)
        return tuple((without_letter_escapes(text) if "\\u00" in text else text).lower() for text in texts)

    def _holds(self, kind: Kind) -> bool:
        if kind in {"listing", "offer", "run"}:
            return False
        if kind == "payload":
            return any(name.lower().endswith(YAML) for name in self.bundle.entries) and not self.payload.is_empty
        if kind == "release":
            return RELEASES in self.bundle.entries
        if kind == "form":
            return bool(self.forms) or any("createuidefinition" in one.name.lower() for one in self.json_documents)
        if kind == "script":
            return bool(self.scripts)
        if kind == "python":
            return any(name.endswith(".py") and self.bundle.is_reported(name) for name in self.bundle.entries)
        if kind == "policy":
            may_be = any(name.lower().endswith(".xml") for name in self.bundle.entries)
            return (may_be or self.mentions(("microsoft.apimanagement",))) and bool(self.policies)
        if kind == "view":
            return any(True for _ in self.subjects(kind))
        # arm-ttk takes files for templates and parameter files by their names, too.
        return kind == "package" or bool(self.json_documents)

    @property
    def content(self) -> int:
        """How many documents count as content: templates, forms, parameter files, views, unreadable JSON."""
        return sum(is_content(document) for document in self._asked_for())

    @property
    def is_readable(self) -> bool:
        """Whether there is anything that rules can look into; what cannot be read does not count."""
        return any(content_kind(document) not in {None, "unreadable"} for document in self._asked_for())

    def _asked_for(self) -> Iterator[Document]:
        """The JSON documents that the user asked about: of a single file's neighbours, none."""
        names = (name for name in self.bundle.entries if name.lower().endswith((".json", ".jsonc")))
        return (self.bundle.document(name) for name in names if self.bundle.is_reported(name))
