"""A file of the package was left behind by an operating system, an editor or another tool.

Files such as `.DS_Store`, `__MACOSX/`, `Thumbs.db`, `.gitignore` or `template.json.bak` have no use in a package;
packages with `__MACOSX` were refused, and what an editor kept may show customers what was not meant for them.

Leave the file out: build the package with `packager build`, which takes only what offer.yaml names, or exclude it:

    zip -r ../package.zip . -x '*.DS_Store' '.git*'
"""

import re
from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.spot import Spot

FOLDERS = {
    "__macosx": "macOS",
    ".git": "git",
    ".svn": "Subversion",
    ".hg": "Mercurial",
    ".idea": "an editor",
    ".vs": "an editor",
    ".vscode": "an editor",
    ".terraform": "Terraform",
    "__pycache__": "Python",
}
# In lower case, against the last step of the name; nothing in them repeats twice, so that none can run long.
FILES = (
    (re.compile(r"\.ds_store|\._.+|\.(?:spotlight-v100|trashes)"), "macOS"),
    (re.compile(r"thumbs\.db|ehthumbs\.db|desktop\.ini"), "Windows"),
    (re.compile(r"\.git[a-z]*"), "git"),
    (re.compile(r".+(?:\.bak|\.orig|\.rej|\.tmp|\.swp|\.swo|~)|#.+#"), "an editor or a merge"),
    (re.compile(r".+\.py[co]"), "Python"),
    (re.compile(r"id_(?:rsa|dsa|ecdsa|ed25519)[^/]*\.pub"), "ssh"),
)


@rule(on="package", severity=Severity.WARNING)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each file whose name tells that it was not meant for the package."""
    for name in package.bundle.entries:
        tool = _left_by(name)
        if tool is not None:
            message = f"'{name}' was left behind by {tool}; leave it out of the package"
            yield Hit(Spot(Document.from_text(name, "")), message)


def _left_by(name: str) -> str | None:
    *folders, base = name.lower().split("/")
    tool = next((FOLDERS[folder] for folder in folders if folder in FOLDERS), None)
    return tool or next((tool for pattern, tool in FILES if pattern.fullmatch(base)), None)
