"""Files that options name: scope, parameters, answers, responses. One that cannot be read is a wrong request."""

from pathlib import Path

from packager.errors import PackagerError, UsageError
from packager.source.document import Document

_YAML = (".yaml", ".yml")


def read_input(path: str, what: str, refusal: type[PackagerError] = UsageError) -> Document:
    """The document in a YAML or JSON file, by its ending.

    Raises UsageError when it is absent, and `refusal` when it is no JSON or YAML: RefusedError for a template, which is
    what the run is about.
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"the {what} file '{path}' cannot be read: {reason}") from None
    is_yaml = path.lower().endswith(_YAML)
    document = Document.from_bytes(Path(path).as_posix(), data, kind="yaml" if is_yaml else "json")
    problem = document.problem
    if problem is not None:
        place = document.place_of(problem.span)
        raise refusal(problem.message, where=f"{path}:{place.line}:{place.column}", hint=problem.hint)
    return document
