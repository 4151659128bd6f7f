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

FOLDERS = {
    "__macosx": "macOS",
    ".git": "git",
    ".github": "the hosting of its sources",
    ".svn": "Subversion",
    ".hg": "Mercurial",
    ".idea": "an editor",
    ".vs": "an editor",
    ".vscode": "an editor",
    ".terraform": "Terraform",
    "__pycache__": "Python",
    ".venv": "Python",
    "node_modules": "npm",
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
    """Report each file whose name tells that it was not meant for the package, and each folder of such files once."""
    folders: dict[str, list[str]] = {}
    for name in package.bundle.entries:
        folder = junk_folder(name)
        if folder is not None:
            folders.setdefault(folder, []).append(name)
        elif (tool := left_by(name)) is not None:
            yield Hit(package.file_spot(name), f"'{name}' was left behind by {tool}; leave it out of the package")
    for folder, names in folders.items():
        tool, files = FOLDERS[folder.rpartition("/")[2].lower()], "1 file" if len(names) == 1 else f"{len(names)} files"
        message = f"'{folder}/' ({files}) was left behind by {tool}; leave the folder out of the package"
        yield Hit(package.file_spot(names[0]), message)


def junk_folder(name: str) -> str | None:
    """The outermost folder around a file that is junk as a whole."""
    steps = name.split("/")[:-1]
    found = next((count for count, step in enumerate(steps, 1) if step.lower() in FOLDERS), None)
    return None if found is None else "/".join(steps[:found])


def left_by(name: str) -> str | None:
    """What leaves files of that name behind."""
    base = name.lower().rpartition("/")[2]
    return next((tool for pattern, tool in FILES if pattern.fullmatch(base)), None)
