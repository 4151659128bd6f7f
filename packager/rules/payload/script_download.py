"""A shell script runs what it downloads without knowing what it is.

- without a sub-id: certificates are not verified (`curl -k`, `wget --no-check-certificate`) for an address on the
  internet, so anybody between the customer and that address can answer in its place;
- `[piped]`: what is downloaded goes straight into a shell (`curl ... | bash`, `bash <(curl ...)`,
  `sh -c "$(curl ...)"`, `eval "$(curl ...)"`). What runs is whatever stands there on the day, half of it when the
  connection breaks. Only profile `strict` reports it.

Leave the option out. Download to a file, compare its digest with the one that was tested (`sha256sum --check`), and run
the file.
"""

from collections.abc import Iterator, Sequence

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.code.script import Script
from packager.code.shellwords import Command, Word, commands
from packager.source.lazy import lazy_pattern

_SHELLS = frozenset({"bash", "sh", "dash", "ksh", "zsh", "python", "python3", "perl"})
_READERS = _SHELLS | {"source", "."}
_SUBSTITUTED = lazy_pattern(r"\"?(?:\$\(|`)\s*")
_SUBSTITUTED_FILE = lazy_pattern(r"\s*<\(\s*")
_UNVERIFIED = lazy_pattern(r"--insecure|--no-check-certificate|-[A-Za-z#]{0,10}k[A-Za-z#]{0,10}")
# Hosts that have a name in the public domain name system: no addresses, no local names, nothing that is expanded.
_PUBLIC = lazy_pattern(
    r"https://(?:[\w-]+\.)+(?!local|internal|svc|cluster|lan|home|corp|test|example|invalid)[A-Za-z]{2,24}(?:[:/?#].*)?"
)


@rule(on="script", severity=Severity.WARNING)
def check(script: Script, _: Package) -> Iterator[Hit]:
    """Look at each curl and wget, and at what its output goes to."""
    every = commands(script.text)
    run = frozenset(place for command in every for place in _run_as_it_comes(command, script.text))
    for command in every:
        words = _download(command.words)
        option = _unverified(words)
        if option is not None:
            message = f"'{option.plain}' accepts whoever answers in place of the server; leave it out"
            yield Hit(script.within(option.start, option.end), message)
        is_piped = command.feeds is not None and _is_shell(every[command.feeds])
        if words and (is_piped or command.words[0].start in run):
            message = "what is downloaded is run as it comes; download it to a file and compare its digest first"
            yield Hit(script.within(words[0].start, words[-1].end), message, "piped", strict=True)


def _download(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of a download from its program on; nothing where this is none."""
    start = next((at for at, word in enumerate(words[:4]) if word.plain.rpartition("/")[2] in {"curl", "wget"}), None)
    is_first = start is not None and all(word.plain.startswith(("sudo", "-", "exec", "time")) for word in words[:start])
    return words[start:] if is_first else ()


def _unverified(words: Sequence[Word]) -> Word | None:
    if not any(_PUBLIC.fullmatch(word.plain) for word in words):
        return None
    is_curl = words[0].plain.endswith("curl")
    found = (word for word in words[1:] if _UNVERIFIED.fullmatch(word.plain) and (is_curl or word.plain[:2] == "--"))
    return next(found, None)


def _is_shell(command: Command) -> bool:
    """Whether a command runs what it reads: a shell, perhaps through sudo, without a script of its own."""
    words = [word.plain for word in _unwrapped(command)]
    if not words or words[0].rpartition("/")[2] not in _SHELLS:
        return False
    return words[1:2] in ([], ["-"], ["-s"], ["--"]) or words[1].startswith("-s")


def _run_as_it_comes(command: Command, text: str) -> Iterator[int]:
    """Where a command starts whose output this one runs: `bash <(here`, `sh -c "$(here`, `eval "$(here`."""
    words = _unwrapped(command)
    name = words[0].plain.rpartition("/")[2] if words else ""
    if name in _READERS and len(words) == 1 and (file := _SUBSTITUTED_FILE.match(text, words[0].end)):
        yield file.end()
    at = 1 if name == "eval" else next((at for at, word in enumerate(words, 1) if word.plain == "-c"), 0)
    if name in {"eval", *_SHELLS} and 0 < at < len(words) and (inner := _SUBSTITUTED.match(words[at].text)):
        yield words[at].start + inner.end()


def _unwrapped(command: Command) -> list[Word]:
    return [word for word in command.words if word.plain not in {"sudo", "-E", "-H", "env", "exec"}]
