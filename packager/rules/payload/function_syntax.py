"""The code of a Function cannot be loaded, or other Python code cannot be compiled.

A Function whose code cannot be read is not there: the deployment is fine, and every call fails. All Python files of a
package are compiled, and nothing of them is run; of a Function app (a folder with `host.json` and Python code) other
files are looked at, too:

- without a sub-id: a file of an app cannot be compiled. Where a template names the app's Python (`PYTHON|3.11`), it is
  compiled for that one; where packager runs in an older Python, syntax that only newer ones have is a warning;
- `[script]`: Python code outside an app cannot be compiled; it may be meant for another Python, so it is a warning;
- `[requirements]`: pip cannot read a line of `requirements.txt`;
- `[host]`: `host.json` has no `"version": "2.0"`, without which the app does not start;
- `[function]`: a `function.json` has no list of `bindings`, or its `scriptFile` is not in the package;
- `[unchecked]`: the file is too large to be compiled here.

Libraries in `.python_packages` or `site-packages` are left alone.
"""

import posixpath
from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.functions import CodeFile, python_minor
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.code.python import MOST_BYTES, Mistake, bad_requirements, mistake_in
from packager.errors import PackagerError
from packager.source.document import Document
from packager.source.span import Span
from packager.source.spot import Spot


@rule(on="python", severity=Severity.ERROR)
def check(file: CodeFile, package: Package) -> Iterator[Hit]:
    """Look at each file as what it is."""
    if file.what == "code":
        yield from _code(file, package)
    elif file.document.problem is not None:
        return  # json-syntax says so
    elif file.what == "requirements":
        for mistake in bad_requirements(file.document.text):
            yield Hit(_spot(file.document, mistake), mistake.message, "requirements")
    elif file.what == "host":
        yield from _host(file.document)
    else:
        yield from _function(file.document, package)


def _code(file: CodeFile, package: Package) -> Iterator[Hit]:
    entry = package.bundle.entries[file.document.name]
    if entry.size > MOST_BYTES:
        message = f"code of more than {MOST_BYTES:,} bytes is not compiled here"
        yield Hit(Spot(file.document, span=Span(0, 0)), message, "unchecked", severity=Severity.INFO)
        return
    try:
        source = file.document.text.encode("utf-8", "replace") if entry.document is not None else entry.read()
    except PackagerError:
        return  # unreadable-entry says so
    mistake = mistake_in(source, python_minor(package) if file.app is not None else None)
    if mistake is not None:
        certain = mistake.certain and file.app is not None
        sub = None if file.app is not None else "script"
        spot = _spot(file.document, mistake)
        yield Hit(spot, mistake.message, sub, severity=None if certain else Severity.WARNING)


def _host(document: Document) -> Iterator[Hit]:
    version = document.value.get("version") if isinstance(document.value, dict) else None
    if version != "2.0":
        message = 'a Function app needs \'"version": "2.0"\' in its host.json; without it, it does not start'
        yield Hit(Spot(document, ("version",)), message, "host")


def _function(document: Document, package: Package) -> Iterator[Hit]:
    value = document.value if isinstance(document.value, dict) else {}
    if not isinstance(value.get("bindings"), list):
        yield Hit(Spot(document, ("bindings",)), "a function.json needs a list of 'bindings'", "function")
    script = value.get("scriptFile")
    if isinstance(script, str) and script:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(document.name), script.replace("\\", "/")))
        if not package.bundle.holds(place):
            message = f"the 'scriptFile' '{place}' is not in the package"
            yield Hit(Spot(document, ("scriptFile",)), message, "function")


def _spot(document: Document, mistake: Mistake) -> Spot:
    """The rest of a line from where the mistake is."""
    lines = document.lines
    extent = lines.extent(min(mistake.line, lines.count))
    start = min(extent.start + mistake.column - 1, extent.end)
    return Spot(document, span=Span(start, max(extent.end, start)))
