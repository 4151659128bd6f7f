"""The Jinja environment of package sources: sandboxed, strict, one search root, every output traced to its line."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, Undefined, pass_context
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from packager.errors import PackagerError
from packager.offer.model import Delimiters
from packager.offer.repository import PathError, Repository, root_relative
from packager.render.filters import all_filters, to_json
from packager.render.generator import TracingGenerator
from packager.render.limits import MOST_STEPS, check_length, check_method, check_operands, check_width, too_many_steps
from packager.render.model import TOLERATED
from packager.render.traced import Traced, from_file, joined, retraced
from packager.source.document import Document
from packager.source.nearest import did_you_mean
from packager.source.sourcemap import Origin


@dataclass(slots=True)
class Usage:
    """What one render has used: steps of its budget, files of the repository, names of variables, parts it imports."""

    steps: int = 0
    files: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    modules: dict[str, TemplateModule] = field(default_factory=dict)


class RecordingContext(Context):
    """Remembers which variables a template asked for, so that a `--set` nobody reads can be told."""

    def resolve_or_missing(self, key: str) -> Any:
        """Jinja's look-up of a name."""
        if isinstance(self.environment, TracingEnvironment):
            self.environment.usage.names.add(key)
        return super().resolve_or_missing(key)


class RenderedTemplate(Template):
    """A template whose imported parts belong to one render.

    Jinja keeps what a part has set for all that import it ever after, so that a list which a macro appends to would go
    on growing from file to file, and what the part includes would be known as used by the first file only.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        environment = self.environment
        modules = environment.usage.modules if isinstance(environment, TracingEnvironment) else {}
        name = self.name or ""
        if name not in modules:
            self._module = None
            modules[name] = super()._get_default_module(ctx)
        return modules[name]


class NearbyUndefined(StrictUndefined):
    """Undefined, and says what there is instead."""

    @property
    def _undefined_message(self) -> str:
        holder, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint or holder is missing or not isinstance(holder, Mapping):
            return super()._undefined_message
        known = [str(key) for key in holder]
        has = f"it has {', '.join(known[:8])}{' and more' if len(known) > 8 else ''}" if known else "it is empty"
        return f"there is no '{name}' here: {has}{did_you_mean(str(name), known)}"


class RepositoryLoader(BaseLoader):
    """Templates by their path from the repository root; nothing outside it can be named."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Jinja's way to ask for a template's text."""
        try:
            return read_text(self.repository, template), template, lambda: True
        except PathError as error:
            raise TemplateNotFound(
                template, f"{error.message}; {error.hint}" if error.hint else error.message
            ) from error


def gathered(values: Iterable[Any]) -> Traced:
    """The texts of the values in one; refuses at the limit, while the values are still being made."""
    texts: list[str] = []
    length = 0
    for value in values:
        texts.append(value if isinstance(value, str) else as_text(value))
        length += len(texts[-1])
        check_length(length, origin=value.runs[0][1] if isinstance(value, Traced) and value.runs else None)
    return joined(texts)


class TracingEnvironment(SandboxedEnvironment):
    """The environment; `usage` belongs to the render that is under way."""

    code_generator_class = TracingGenerator
    context_class = RecordingContext
    template_class = RenderedTemplate
    concat = staticmethod(gathered)
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, repository: Repository, delimiters: Delimiters) -> None:
        super().__init__(
            block_start_string=delimiters.block[0],
            block_end_string=delimiters.block[1],
            variable_start_string=delimiters.variable[0],
            variable_end_string=delimiters.variable[1],
            comment_start_string=delimiters.comment[0],
            comment_end_string=delimiters.comment[1],
            keep_trailing_newline=True,
            autoescape=False,
            auto_reload=False,
            undefined=NearbyUndefined,
            loader=RepositoryLoader(repository),
            extensions=("jinja2.ext.do", "jinja2.ext.loopcontrols"),
        )
        self.repository = repository
        self.literals: list[Traced] = []
        self.usage = Usage()
        self.filters = all_filters()
        del self.globals["lipsum"]
        self.globals["include_text"] = self.filters["include_text"] = include_text
        self.globals["include_data"] = self.filters["include_data"] = include_data

    def count_turn(self) -> None:
        """One step; refuses at the limit."""
        self.usage.steps += 1
        if self.usage.steps > MOST_STEPS:
            raise too_many_steps()

    def emit(self, value: Any, file: str, line: int) -> Traced:
        """The text of an output, which keeps the origins it has or gets that of the expression."""
        self.count_turn()
        return value if isinstance(value, Traced) else Traced(as_text(value), ((0, Origin(file, line)),))

    def call(self, context: Context, function: Any, /, *arguments: Any, **options: Any) -> Any:
        """Every call in a template comes here."""
        self.count_turn()
        owner = getattr(function, "__self__", None)
        if not isinstance(owner, str):
            return super().call(context, function, *arguments, **options)
        check_method(function.__name__, owner, arguments, options)
        result = super().call(context, function, *arguments, **options)
        return retraced(result, owner) if isinstance(owner, Traced) and isinstance(result, str) else result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The operators whose results can be huge come here."""
        check_operands(operator, left, right)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return gathered((left, right))
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`'...'.format`, whose widths stand in the text."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None:
            check_width(value.__self__)
        return wrapped

    def join_path(self, template: str, parent: str) -> str:
        """Names are from the repository root; `./x` stands beside the file that names it."""
        try:
            return root_relative(template, parent.rpartition("/")[0])
        except PathError as error:
            raise TemplateNotFound(template, error.message) from error

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:  # noqa: A002
        self.usage.files.add(name)
        return super()._load_template(name, globals)


@pass_context
def include_text(context: Context, path: str) -> str:
    """The text of a file of the repository as it is, for scripts in JSON strings: `include_text('x.sh') | json`."""
    name, text = _included(context, path, "include_text")
    return from_file(text, name)


@pass_context
def include_data(context: Context, path: str) -> Any:
    """The value of a JSON or YAML file of the repository: tables that several sources are made of."""
    name, text = _included(context, path, "include_data")
    document = Document.from_text(name, text)
    if document.kind == "text":
        raise TemplateRuntimeError(f"include_data: '{name}' is neither .json nor .yaml")
    wrong = document.problem or next((one for one in document.deviations if one.kind not in TOLERATED), None)
    if wrong is not None:
        raise TemplateRuntimeError(f"include_data: {name}:{document.place_of(wrong.span).line}: {wrong.message}")
    return document.value


def _included(context: Context, path: str, function: str) -> tuple[str, str]:
    """Name and text of a file that a source names; `path` is from the root, or beside the source with `./`."""
    environment = context.environment
    if not isinstance(environment, TracingEnvironment):
        raise TemplateRuntimeError(f"{function} works in package sources only")
    try:
        name = root_relative(path, (context.name or "").rpartition("/")[0])
        text = read_text(environment.repository, name)
    except PackagerError as error:
        raise TemplateRuntimeError(f"{function}: {error.message}") from error
    environment.usage.files.add(name)
    return name, text


def read_text(repository: Repository, name: str) -> str:
    """The file as text, its line breaks as one newline each; PathError when it is no UTF-8 text."""
    try:
        text = repository.data(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PathError(f"'{name}' is not UTF-8 (byte {error.start})", hint="save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_text(value: Any) -> str:
    """What an output prints: texts as they are, other plain values as JSON (true, null, [1, 2])."""
    if isinstance(value, (str, Undefined)):
        return str(value)
    if value is None or isinstance(value, (bool, int, float, list, dict, tuple)):
        return to_json(value)
    if isinstance(value, Macro):
        raise TemplateRuntimeError(f"macro '{value.name}' is printed, not called; write '{value.name}()'")
    raise TemplateRuntimeError(f"a {type(value).__name__} has no text; write '| list | json' for a list of values")
