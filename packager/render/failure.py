"""A template that fails -> the line of the source file that made it fail."""

from collections.abc import Iterator
from types import TracebackType

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.utils import missing

from packager.render.limits import LimitError
from packager.render.model import RenderProblem
from packager.source.lazy import lazy_pattern
from packager.source.nearest import did_you_mean
from packager.source.sourcemap import Origin

# What an expression in a template, or Python compiling a template, may raise.
FAILURES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,  # Jinja compiles the number 1e999 to a name
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
_UNDEFINED_NAME = lazy_pattern(r"'(\w+)' is undefined")
_LOCAL_NAME = lazy_pattern(r"l_\d+_(\w+)")


def render_problem(error: BaseException, file: str) -> RenderProblem:
    """Where in the sources `error` comes from; `file` is the source that was being rendered."""
    trail = [origin for origin, _ in _template_frames(error.__traceback__)]
    if isinstance(error, LimitError) and error.origin is not None:
        trail.append(error.origin)
    if isinstance(error, TemplateSyntaxError):
        trail.append(Origin(error.name or file, error.lineno))
    place = trail[-1] if trail else Origin(file, 1)
    related = tuple(origin for origin in trail[:-1] if origin.file != place.file)
    return RenderProblem(_message(error), place.file, place.line, related=related)


def _message(error: BaseException) -> str:
    text = str(error.message if isinstance(error, TemplateError) and error.message else error)
    if isinstance(error, UndefinedError) and (match := _UNDEFINED_NAME.fullmatch(text)):
        return f"{text}{_instead(match[1], error.__traceback__)}"
    if isinstance(error, TemplateNotFound):
        return text if text != error.name else f"template '{error.name}' does not exist"
    if isinstance(error, RecursionError):
        return "includes or macros call each other without an end"
    if isinstance(error, MemoryError):
        return "the template makes a value that does not fit into memory"
    if isinstance(error, SecurityError):
        return text.removesuffix(".")
    if isinstance(error, TemplateSyntaxError):
        return f"template syntax: {text.removesuffix('.')}"
    return text if isinstance(error, TemplateError) else f"expression fails: {text or type(error).__name__}"


def _template_frames(traceback: TracebackType | None) -> Iterator[tuple[Origin, dict[str, object]]]:
    """Origin and local names of each frame of compiled template code, outermost first."""
    while traceback is not None:
        frame = traceback.tb_frame
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            yield Origin(template.name or "", template.get_corresponding_lineno(traceback.tb_lineno)), frame.f_locals
        traceback = traceback.tb_next


def _instead(name: str, traceback: TracebackType | None) -> str:
    frames = [names for _, names in _template_frames(traceback)]
    variables = set(_variables(frames))
    if name in variables:
        return " in a file that is imported without context; write 'with context' behind the import"
    return did_you_mean(name, sorted(variables.union(_locals(frames)) - {name}))


def _variables(frames: list[dict[str, object]]) -> Iterator[str]:
    """Names that the templates on the way here could read."""
    for names in frames:
        context = names.get("context")
        if context is not None:
            yield from context.get_all()  # type: ignore[attr-defined]  # Jinja's Context in every root function


def _locals(frames: list[dict[str, object]]) -> Iterator[str]:
    """Names of macro arguments, loops and assignments."""
    for names in frames:
        yield from (
            match[1] for name, value in names.items() if value is not missing and (match := _LOCAL_NAME.fullmatch(name))
        )
