"""A text of the listing has markup that the store does not show.

Descriptions may use `b`, `i`, `em`, `br`, `p`, `ul`, `ol`, `li` and `h1` to `h6`, without attributes; anything else is
refused or shown as it is written. Names, summaries and short descriptions are plain text. What is opened is closed in
order, `br`, `p` and `li` excepted.

A description may be a Markdown file (`description: {from: ./description.md}`): it is converted to these tags.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import TAGS
from packager.source.lazy import lazy_pattern

LEFT_OPEN = frozenset({"br", "p", "li"})
# A tag in a plain text; `a < b` is none.
TAG = lazy_pattern(r"</?[a-zA-Z][^<>]*>")


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the markup of every text."""
    for path, text in page.texts():
        if path[-1] == "description":
            yield from (Hit(page.spot(*path), message, sub) for sub, message in _Markup(text).problems.items())
        elif (tag := TAG.search(text)) is not None:
            yield Hit(page.spot(*path), f"this text is plain, and '{tag[0][:40]}' is markup; take it out", "plain")


class _Markup(HTMLParser):
    """Reads a description; `problems` has the first one of each kind, a message by sub-id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.problems: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        if self._open:
            self._note("unclosed", f"'<{self._open[-1]}>' is not closed; add '</{self._open[-1]}>'")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._note("tag", f"'<{tag[:40]}>' is no tag of the store; it takes {', '.join(sorted(TAGS))}")
        elif attrs:
            self._note("attribute", f"'<{tag}>' has the attribute '{attrs[0][0][:40]}'; the store takes none")
        elif tag not in LEFT_OPEN:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in self._open:
            self._open.remove(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in TAGS or tag in LEFT_OPEN:
            return
        if not self._open or self._open[-1] != tag:
            self._note("unclosed", f"'</{tag}>' closes nothing that is open there")
        else:
            self._open.pop()

    def handle_comment(self, data: str) -> None:  # noqa: ARG002  (the parser calls these with a text)
        self._note("tag", "a comment is no text of the store; take it out")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002
        self._note("tag", "a document type is no text of the store; take it out")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self._note("tag", "a processing instruction is no text of the store; take it out")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self._note("tag", "a marked section is no text of the store; take it out")

    def _note(self, sub: str, message: str) -> None:
        self.problems.setdefault(sub, message)
