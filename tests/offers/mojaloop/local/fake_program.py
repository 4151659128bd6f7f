# ruff: noqa: T201 - printing is what programs do
"""Stands in for az and curl: notes how it was called, and answers from a folder that FAKE_STATE names.

The folder: calls.jsonl (written here), vault.json, site/ (what curl can fetch, by the path of the address),
uploaded.json, failures.json (`{"<first words>": [messages of the next failures]}`).
"""

import json
import os
import pathlib
import re
import sys
import urllib.parse

STATE = pathlib.Path(os.environ["FAKE_STATE"])
PROGRAM = pathlib.Path(sys.argv[0]).name
ARGUMENTS = sys.argv[1:]


def option(name):
    return ARGUMENTS[ARGUMENTS.index(name) + 1]


def read(name, default):
    path = STATE / name
    return json.loads(path.read_text()) if path.exists() else default


def write(name, value):
    (STATE / name).write_text(json.dumps(value))


def fail_when_told():
    failures = read("failures.json", {})
    for start, messages in failures.items():
        if f"{PROGRAM} {' '.join(ARGUMENTS)}".startswith(start) and messages:
            message = messages.pop(0)
            write("failures.json", failures)
            sys.exit(message)


def az(text):
    match ARGUMENTS:
        case ["keyvault", "secret", "list", *_]:
            print("\n".join(read("vault.json", {})))
        case ["keyvault", "secret", "set", *_]:
            write("vault.json", read("vault.json", {}) | {option("--name"): text})
        case ["storage", "blob", "upload-batch", *_]:
            root = pathlib.Path(option("--source"))
            files = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}
            write("uploaded.json", files)
        case _:
            sys.exit(f"the fake az does not know {ARGUMENTS}")


def curl(text):
    """Addresses come by standard input; what they have after the question mark has to be the token of the package."""
    for url, output in re.findall(r'url = "(.*)"\noutput = "(.*)"\n', text):
        parts = urllib.parse.urlsplit(url)
        file = STATE / "site" / parts.path.lstrip("/")
        if parts.query != "sig=t0k%2Fen" or not file.is_file():
            sys.exit(f"curl: (22) The requested URL returned error: 404 ({parts.path})")
        pathlib.Path(output).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(output).write_bytes(file.read_bytes())


if __name__ == "__main__":
    takes_input = "/dev/stdin" in ARGUMENTS or "--config" in ARGUMENTS
    given = sys.stdin.read() if takes_input else ""
    call = {"program": PROGRAM, "arguments": ARGUMENTS, "environment": dict(os.environ)}
    with (STATE / "calls.jsonl").open("a") as calls:
        calls.write(json.dumps(call) + "\n")
    fail_when_told()
    {"az": az, "curl": curl}[PROGRAM](given)
