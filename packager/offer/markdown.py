"""Markdown -> the few HTML tags that the store shows; what a tag cannot say becomes text, never an error."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

# `em` and `b`: the store knows no `strong`.
_TAGS = {"strong": "b", "em": "em", "p": "p", "ul": "ul", "ol": "ol", "li": "li"}
_TAGS |= {f"h{level}": f"h{level}" for level in range(1, 7)}


def to_store_html(text: str) -> str:
    """The HTML of a Markdown text, one block a line.

    A link becomes its text and address, code its text, a picture its description; raw HTML stays as it is, for the
    rules to judge; a quotation becomes its paragraphs, a horizontal rule nothing.
    """
    from markdown_it import MarkdownIt  # 60 ms that only a listing with Markdown pays

    return "".join(_blocks(MarkdownIt("commonmark").parse(text))).strip() + "\n"


def _blocks(tokens: Sequence["Token"]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_inline(token.children or ()))
        elif token.type in {"fence", "code_block"}:
            yield f"<p>{'<br>'.join(escape(line, quote=False) for line in token.content.splitlines())}</p>\n"
        elif token.type == "html_block":
            yield token.content
        elif token.tag in _TAGS and not token.hidden:
            yield _tag(token)


def _tag(token: "Token") -> str:
    name = _TAGS[token.tag]
    if token.nesting == 1:
        return f"<{name}>\n" if name in {"ul", "ol"} else f"<{name}>"
    return f"</{name}>\n"


def _inline(tokens: Sequence["Token"]) -> Iterator[str]:
    links: list[str] = []
    written: list[str] = [""]
    for token in tokens:
        if token.type == "text" or token.type == "code_inline":
            written[-1] += token.content
            yield escape(token.content, quote=False)
        elif token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak":
            yield "<br>"
        elif token.type == "html_inline":
            yield token.content
        elif token.type == "image":
            yield escape(token.content, quote=False)
        elif token.type == "link_open":
            links.append(str(token.attrs.get("href", "")))
            written.append("")
        elif token.type == "link_close":
            shown, address = written.pop(), links.pop()
            if address and shown != address and f"mailto:{shown}" != address:
                yield f" ({escape(address, quote=False)})"
        elif token.tag in _TAGS:
            yield f"<{_TAGS[token.tag]}>" if token.nesting == 1 else f"</{_TAGS[token.tag]}>"
