"""What one check of arm-ttk is handed: the inputs of a file's turn, and the template or inner template it looks at."""

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from packager.arm.recency import DAYS
from packager.checks.armttk.powershell import get, members, spelling
from packager.checks.armttk.search import Found, Search
from packager.checks.armttk.text import SourceText
from packager.checks.rule import Input
from packager.data.api_versions import VersionTable
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot


class JsonFile:
    """A JSON file as arm-ttk read it; `value` is None where it could not."""

    def __init__(self, document: Document, value: Any) -> None:
        self.document = document
        self.value = value

    @property
    def name(self) -> str:
        """The bare file name."""
        return self.document.name.rpartition("/")[2]

    @cached_property
    def search(self) -> Search:
        """The object search over the whole file."""
        return Search.over((self.value, ()))

    @cached_property
    def text(self) -> SourceText:
        """The raw text."""
        return SourceText.of(self.document)

    def spot(self, path: Path = (), *, key: bool = False) -> Spot:
        """A place in the file."""
        return Spot(self.document, path, key)

    def path_of(self, *names: str) -> Path:
        """The path of nested members from the file's root, in the spelling that the file uses."""
        return written_path(self.value, names)


class TemplateInput:
    """A template as checks see it: `value` stands at `base` of `file`, `text` is its raw text (None: not found).

    Inner templates of scope `inner` are cut out of both, as far as arm-ttk manages to; `inner` is the hit that such a
    template comes from itself, uncut.
    """

    def __init__(self, file: JsonFile, value: Any, text: SourceText | None, inner: Found | None = None) -> None:
        self.file = file
        self.value = value
        self.text = text
        self.inner = inner

    @property
    def document(self) -> Document:
        """The document that the template is in."""
        return self.file.document

    @cached_property
    def base(self) -> Path:
        """Where in the document the template stands."""
        return self.inner.true_path if self.inner is not None else ()

    @cached_property
    def search(self) -> Search:
        """The object search over the whole template."""
        if self.inner is not None and isinstance(self.value, dict):
            return self.file.search.inside(self.inner)
        return self.file.search if self.value is self.file.value else Search.over((self.value, self.base))

    @cached_property
    def resource_search(self) -> Search:
        """The object search over each resource by itself, whose paths start inside the resource.

        Where `resources` holds null, arm-ttk's checks that search this way fail: see `resources_are_null`.
        """
        resources, key = get(self.value, "resources"), spelling(self.value, "resources")
        # A list in the list is searched from each of its elements, whose index is shown.
        if isinstance(self.value, dict) and not (isinstance(resources, list) and any(map(_is_list, resources))):
            return self.search.below(key)
        path = (*self.base, key) if isinstance(self.value, dict) else self.base
        if isinstance(resources, list):
            return Search.over(*((one, (*path, position)) for position, one in enumerate(resources)))
        return Search.over((resources, path))

    @cached_property
    def variable_search(self) -> Search:
        """The object search over the variables by themselves."""
        key, variables = spelling(self.value, "variables"), get(self.value, "variables")
        if isinstance(self.value, dict) and isinstance(variables, dict):
            return self.search.below(key)
        return Search.over((variables, (*self.base, key)))

    @property
    def resources_are_null(self) -> bool:
        """Whether the resources cannot be handed to the object search: absent, null, or a list with a null."""
        resources = get(self.value, "resources")
        return resources is None or (isinstance(resources, list) and any(one is None for one in resources))

    def spot(self, path: Path = (), *, key: bool = False) -> Spot:
        """The place of a path inside this template."""
        return Spot(self.document, self.base + path, key)

    def spot_of(self, found: Found, *, key: bool = False) -> Spot:
        """The place of a hit of one of the searches."""
        return Spot(self.document, found.true_path, key)

    def section(self, name: str) -> list[tuple[str, Any]]:
        """The members of a top-level object such as `parameters`."""
        return members(get(self.value, name))

    def section_path(self, *names: str) -> Path:
        """The path of nested members from the template's root, in the spelling that the template uses."""
        return written_path(self.value, names)


class Settings(NamedTuple):
    """The check parameters that arm-ttk lets its users set (`-TestParameter`), by name in lower case.

    `api_versions` is the table of known versions; arm-ttk has one of its own, made from Azure's list of providers.
    """

    today: datetime.date
    values: Mapping[str, str]
    api_versions: VersionTable

    @property
    def test_date(self) -> datetime.date:
        """The day that api-versions are judged on: `TestDate` where it is set to a date, else today."""
        try:
            return datetime.date.fromisoformat(self.text("TestDate", "")[:10])
        except ValueError:
            return self.today

    @property
    def number_of_days(self) -> int:
        """How old an api-version may be."""
        return self.number("NumberOfDays", DAYS)

    def number(self, name: str, default: int) -> int:
        """A whole number; `default` where it is not set."""
        return int(self.values.get(name.lower(), default))

    def text(self, name: str, default: str) -> str:
        """A text; `default` where it is not set."""
        return self.values.get(name.lower(), default)

    def texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list, written with commas; `default` where it is not set."""
        value = self.values.get(name.lower())
        return default if value is None else tuple(part.strip() for part in value.split(",") if part.strip())


class Turn(NamedTuple):
    """Everything that stays the same while the checks run on one file: arm-ttk credits what they find to `file`.

    `files` are all gathered files, `invalid` those that arm-ttk takes for no JSON; `main` is the chosen file, where it
    is a template; `main_parameters` the declarations of a chosen file with one of the three main names, else None.
    `given` are the inputs of checks that there are.
    """

    file: str
    groups: frozenset[str]
    files: tuple[JsonFile, ...]
    invalid: tuple[JsonFile, ...]
    settings: Settings
    main: TemplateInput | None
    main_parameters: dict[str, Any] | None
    metadata: Any
    form: JsonFile | None
    parameters: JsonFile | None
    template: TemplateInput | None
    inner: tuple[TemplateInput, ...]
    is_main: bool
    given: frozenset[Input] = frozenset()

    def spot(self) -> Spot:
        """The file itself, for what cannot be said of a template, form or parameter file."""
        return next(file.spot() for file in self.files if file.document.name == self.file)


class ArmTtkRun(NamedTuple):
    """One check on one file, or on one of the inner templates that arm-ttk credits to that file."""

    turn: Turn
    target: TemplateInput | None
    is_inner: bool = False

    @property
    def template(self) -> TemplateInput:
        """The template that the check looks at; only checks that need one are handed a run."""
        assert self.target is not None, "a check that declares no need for a template asked for one"
        return self.target

    @property
    def text(self) -> SourceText:
        """The template's raw text."""
        text = self.template.text
        assert text is not None, "a check that declares no need for the text asked for it"
        return text

    @property
    def form(self) -> JsonFile:
        """The portal form."""
        assert self.turn.form is not None, "a check that declares no need for the form asked for it"
        return self.turn.form

    @property
    def parameters(self) -> JsonFile:
        """The parameter file."""
        assert self.turn.parameters is not None, "a check that declares no need for a parameter file asked for it"
        return self.turn.parameters

    @property
    def is_main(self) -> bool:
        """Whether arm-ttk takes the file for the main template: by its bare name alone."""
        return self.turn.is_main

    @property
    def settings(self) -> Settings:
        """The day, and the check parameters."""
        return self.turn.settings

    @property
    def built_by_bicep(self) -> bool:
        """Whether the main template says so; several checks then leave at once, whatever the file."""
        generator = get(get(self.turn.metadata, "_generator"), "name")
        return isinstance(generator, str) and generator.lower() == "bicep"


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def written_path(value: Any, names: tuple[str, ...]) -> Path:
    """The path of nested members below `value`, in the spelling that is written there."""
    path: list[str | int] = []
    for name in names:
        path.append(spelling(value, name) if isinstance(value, dict) else name)
        value = get(value, name)
    return tuple(path)
