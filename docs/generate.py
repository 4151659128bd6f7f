"""Writes the pages of the rules, `docs/rules/`, from their words and test cases, the pages of all functions and
elements, the graphs of what the offers deploy, the tables of the pages on the Mojaloop offer, and the picture of
a report.

`python docs/generate.py` writes them, `python docs/generate.py --check` only says whether they are fresh.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from graphs import graphs
from picture import report_picture
from switch import pages as switch_pages

from packager.checks.registry import all_rules
from packager.checks.rule import Rule
from packager.expressions.page import page as functions_page
from packager.ui.elements.page import page as elements_page
from packager.ui.page import page as portal_functions_page

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PICTURE = "images/report.svg"
FUNCTIONS = "reference/functions.md"
PORTAL_FUNCTIONS = "reference/portal-functions.md"
ELEMENTS = "reference/form-elements.md"
CASES = ROOT / "tests" / "rules"
EXPECTATION = re.compile(r"[ \t]*(?://|#)\s*expect:.*$|[ \t]*/\*\s*expect:.*?\*/", re.MULTILINE)
FALSE_ALARM = re.compile(r"expect:.* arm-ttk\b")
LONGEST = 60
LANGUAGES = {"script": "bash", "policy": "xml", "python": "python"}


def pages() -> dict[str, str]:
    """The text of every generated file by its name below docs/."""
    rules = all_rules()
    found = {f"rules/{rule.id}.md": "\n".join(page(rule)).rstrip() + "\n" for rule in rules}
    functions = {FUNCTIONS: functions_page(), PORTAL_FUNCTIONS: portal_functions_page(), ELEMENTS: elements_page()}
    others = {**functions, **graphs(ROOT), PICTURE: report_picture(), **switch_pages(ROOT)}
    return {"rules/README.md": "\n".join(table(rules)) + "\n", **others, **found}


def page(rule: Rule) -> Iterator[str]:
    """One rule: its own words, what its findings are worth, and its cases."""
    yield from (f"# {rule.id}", "")
    yield from (rule.page.strip(), "")
    yield from ("| severity | looks at | arm-ttk test | profiles |", "|---|---|---|---|")
    test = f"`{rule.arm_ttk}`" if rule.arm_ttk else "none"
    yield from (f"| {rule.severity} | {rule.on} | {test} | {', '.join(rule.profiles)} |", "")
    if rule.fixable:
        yield from ("`packager check --fix` [fixes](../how-to/fix-findings.md) what is mechanical in it.", "")
    for kind, title in (("bad", "Bad"), ("good", "Good")):
        case = next(iter(short_cases(rule.id, kind)), None) or payload_case(rule, kind)
        if case is not None:
            yield from (f"## {title}", "", f"```{case.language}", case.text, "```", "")


class Case(NamedTuple):
    """The text of a case, and the language that it is written in."""

    language: str
    text: str


def short_cases(rule_id: str, kind: str) -> Iterator[Case]:
    """The rule's single-file cases that are short enough for a page, without the expectations in them."""
    files = [path for path in (CASES / rule_id / kind).glob("*") if path.suffix in {".json", ".yaml"}]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    # A case that shows a false alarm of arm-ttk is not what the rule is about.
    for name in sorted(texts, key=lambda name: (bool(FALSE_ALARM.search(texts[name])), name)):
        text = EXPECTATION.sub("", texts[name]).rstrip()
        if text.count("\n") < LONGEST:
            yield Case(name.rpartition(".")[2], text)


def payload_case(rule: Rule, kind: str) -> Case | None:
    """The first case of a rule on files that are no JSON, when it is a single short file."""
    for folder in sorted(one for one in (CASES / rule.id / kind).glob("*") if one.is_dir() and rule.on in LANGUAGES):
        files = [path for path in folder.rglob("*") if path.is_file()]
        text = files[0].read_text(encoding="utf-8").rstrip() if len(files) == 1 else ""
        if text and text.isascii() and text.count("\n") < LONGEST:
            return Case(LANGUAGES[rule.on], text)
    return None


def table(rules: tuple[Rule, ...]) -> Iterator[str]:
    """Every rule in a line."""
    yield from ("# Rules", "", "`packager rules ID` prints a page in the terminal.", "")
    yield from ("| rule | severity | arm-ttk test | what it finds |", "|---|---|---|---|")
    for rule in rules:
        yield f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.arm_ttk or ''} | {rule.summary} |"


def stale() -> list[str]:
    """The names of files that are missing, out of date or of no rule any more."""
    wanted = pages()
    return sorted(name for name in {*wanted, *written()} if wanted.get(name) != text_of(name))


def written() -> list[str]:
    """The generated files that are there."""
    return [path.relative_to(DOCS).as_posix() for path in (DOCS / "rules").glob("*.md")]


def text_of(name: str) -> str | None:
    """What is written in a file; None where there is none."""
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def main(arguments: list[str]) -> int:
    """Write or check the files."""
    if arguments == ["--check"]:
        for name in (names := stale()):
            sys.stderr.write(f"docs/{name} is out of date: run python docs/generate.py\n")
        return 1 if names else 0
    wanted = pages()
    for name in written():
        if name not in wanted:
            (DOCS / name).unlink()
    for name, text in wanted.items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
