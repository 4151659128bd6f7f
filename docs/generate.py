"""Writes the pages of the rules, `docs/rules/`, from the rules' own pages and their test cases.

`python docs/generate.py` writes them, `python docs/generate.py --check` only says whether they are fresh.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from packager.checks.registry import all_rules
from packager.checks.rule import Rule

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "rules"
CASES = ROOT / "tests" / "rules"
EXPECTATION = re.compile(r"[ \t]*//\s*expect:.*$|[ \t]*/\*\s*expect:.*?\*/", re.MULTILINE)
FALSE_ALARM = re.compile(r"expect:.* arm-ttk\b")
LONGEST = 60


def pages() -> dict[str, str]:
    """The text of every page by its file name."""
    rules = all_rules()
    found = {f"{rule.id}.md": "\n".join(page(rule)).rstrip() + "\n" for rule in rules}
    return {"README.md": "\n".join(table(rules)) + "\n", **found}


def page(rule: Rule) -> Iterator[str]:
    """One rule: its own words, what its findings are worth, and its cases."""
    yield from (f"# {rule.id}", "")
    yield from (rule.page.strip(), "")
    yield from ("| severity | looks at | arm-ttk test | profiles |", "|---|---|---|---|")
    test = f"`{rule.arm_ttk}`" if rule.arm_ttk else "none"
    yield from (f"| {rule.severity} | {rule.on} | {test} | {', '.join(rule.profiles)} |", "")
    for kind, title in (("bad", "Bad"), ("good", "Good")):
        case = next(iter(short_cases(rule.id, kind)), None)
        if case is not None:
            yield from (f"## {title}", "", "```json", case, "```", "")


def short_cases(rule_id: str, kind: str) -> Iterator[str]:
    """The rule's single-file cases that are short enough for a page, without the expectations in them."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (CASES / rule_id / kind).glob("*.json")}
    # A case that shows a false alarm of arm-ttk is not what the rule is about.
    for name in sorted(texts, key=lambda name: (bool(FALSE_ALARM.search(texts[name])), name)):
        text = EXPECTATION.sub("", texts[name]).rstrip()
        if text.count("\n") < LONGEST:
            yield text


def table(rules: tuple[Rule, ...]) -> Iterator[str]:
    """Every rule in a line."""
    yield from ("# Rules", "", "`packager rules ID` prints a page in the terminal.", "")
    yield from ("| rule | severity | arm-ttk test | what it finds |", "|---|---|---|---|")
    for rule in rules:
        yield f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.arm_ttk or ''} | {rule.summary} |"


def stale() -> list[str]:
    """The names of pages that are missing, out of date or of no rule any more."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main(arguments: list[str]) -> int:
    """Write or check the pages."""
    if arguments == ["--check"]:
        for name in (names := stale()):
            sys.stderr.write(f"docs/rules/{name} is out of date: run python docs/generate.py\n")
        return 1 if names else 0
    wanted = pages()
    PAGES.mkdir(exist_ok=True)
    for path in PAGES.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (PAGES / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
