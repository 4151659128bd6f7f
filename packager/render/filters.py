"""The filters that package sources need and Jinja does not have, and Jinja's own made fit for tracing."""

import base64
import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import Undefined, pass_environment
from jinja2.exceptions import FilterArgumentError
from jinja2.filters import FILTERS, make_attrgetter

from packager.render.limits import check_arguments
from packager.render.traced import Traced, retraced

# Random output would differ from build to build; the others make HTML, which no package has.
LEFT_OUT = frozenset({"random", "urlize", "xmlattr", "pprint"})


def all_filters() -> dict[str, Callable[..., Any]]:
    """Every filter by name: Jinja's, and ours over them."""
    known = {name: _tracing(function) for name, function in FILTERS.items() if name not in LEFT_OUT}
    return known | {"json": to_json, "tojson": to_json, "b64": to_base64, "sha256": to_sha256, "join": join_texts}


def to_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON, on one line unless `indent` is given; keys keep their order, non-ASCII letters stay."""
    separators = (",", ": ") if indent is not None else (", ", ": ")
    try:
        return json.dumps(
            value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators, default=_json_default
        )
    except ValueError as error:
        message = "'json' cannot write a number that is not finite, nor a value that holds itself"
        raise FilterArgumentError(message) from error


def to_base64(value: Any) -> str:
    """The UTF-8 bytes of a text in base64, on one line."""
    return base64.b64encode(_text(value, "b64").encode()).decode("ascii")


def to_sha256(value: Any) -> str:
    """The SHA-256 of the UTF-8 bytes of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(_text(value, "sha256").encode()).hexdigest()


@pass_environment
def join_texts(environment: Any, value: Iterable[Any], separator: str = "", attribute: str | int | None = None) -> str:
    """Jinja's `join`, which keeps the origins of what it joins."""
    items = map(make_attrgetter(environment, attribute), value) if attribute is not None else value
    joined: str = environment.concat(_between(items, separator))
    return joined


def _between(items: Iterable[Any], separator: str) -> Iterator[Any]:
    for index, item in enumerate(items):
        if index:
            yield separator
        yield item


def _text(value: Any, name: str) -> str:
    """The value if it is a text; bytes of anything else would depend on how Python happens to print it."""
    if isinstance(value, Undefined):
        return str(value)  # raises, and names what is undefined
    if not isinstance(value, str):
        raise FilterArgumentError(f"'{name}' takes a text, not a {type(value).__name__}; write '| json | {name}'")
    return value


def _json_default(value: Any) -> Any:
    if isinstance(value, Undefined):
        return str(value)  # raises, and names what is undefined
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable):
        return list(value)
    raise FilterArgumentError(f"'json' cannot write a {type(value).__name__}")


def _tracing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, giving traced text back for traced text where lines still correspond."""

    @functools.wraps(function)
    def call(*arguments: Any, **options: Any) -> Any:
        check_arguments(arguments, options)
        result = function(*arguments, **options)
        source = next((argument for argument in arguments if isinstance(argument, str)), None)
        return retraced(result, source) if isinstance(source, Traced) and isinstance(result, str) else result

    return call
