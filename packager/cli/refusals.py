"""What programs read when something is refused: the JSON of a verb without results, with the reason as `error`."""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packager.cli.terminal import print_result
from packager.errors import RefusedError
from packager.source.atomic import write_atomically


@contextlib.contextmanager
def told_in_json(format_: str, nothing: Callable[[], Mapping[str, Any]], output: Path | None) -> Iterator[None]:
    """Whoever asked for JSON gets some, on stdout or in `output`, and then the refusal goes on."""
    try:
        yield
    except RefusedError as error:
        if format_ == "json":
            text = json.dumps({**nothing(), "error": str(error)}, indent=2)
            if output is None:
                print_result(text, format_)
            else:
                write_atomically(output, f"{text}\n".encode())
        raise
