# ruff: noqa: T201 - printing is what programs do
"""Stands in for az, kubectl, helm and curl: notes how it was called, and answers from files of a folder.

The folder is named by FAKE_STATE: calls.jsonl (written here), vault.json, site/ (what curl can fetch), failures.json
(`{"<program> <first words>": [messages of the next failures]}`), waiting (why pods wait), releases.json, uploaded.json.
"""

import json
import os
import pathlib
import re
import shutil
import sys
import urllib.parse
import zipfile

STATE = pathlib.Path(os.environ["FAKE_STATE"])
PROGRAM = pathlib.Path(sys.argv[0]).name
ARGUMENTS = sys.argv[1:]
PODS = {
    "items": [
        {
            "metadata": {"name": "moja-ready"},
            "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]},
        },
        {
            "metadata": {"name": "moja-waiting"},
            "status": {"phase": "Pending", "conditions": [{"type": "Ready", "status": "False"}]},
        },
        {"metadata": {"name": "moja-done"}, "status": {"phase": "Succeeded"}},
    ]
}


def option(name):
    return ARGUMENTS[ARGUMENTS.index(name) + 1]


def read(name, default):
    path = STATE / name
    return json.loads(path.read_text()) if path.exists() else default


def write(name, value):
    (STATE / name).write_text(json.dumps(value))


def note():
    takes_input = "/dev/stdin" in ARGUMENTS or ("-" in ARGUMENTS and PROGRAM in {"kubectl", "curl"})
    text = sys.stdin.read() if takes_input else ""
    call = {"program": PROGRAM, "arguments": ARGUMENTS, "input": text, "environment": dict(os.environ)}
    with (STATE / "calls.jsonl").open("a") as file:
        file.write(json.dumps(call) + "\n")
    return text


def fail_when_told():
    failures = read("failures.json", {})
    words = f"{PROGRAM} {' '.join(ARGUMENTS)}"
    for start, messages in failures.items():
        if words.startswith(start) and messages:
            message = messages.pop(0)
            write("failures.json", failures)
            if message:
                print(message, file=sys.stderr)
                sys.exit(1)


def az(text):
    match ARGUMENTS:
        case ["aks", "show", *_]:
            print("1.33.2")
        case ["aks", "install-cli", *_]:
            shutil.copy(sys.argv[0], option("--install-location"))
        case ["aks", "get-credentials", *_]:
            pathlib.Path(option("--file")).write_text("apiVersion: v1\n")
        case ["keyvault", "secret", "list", *_]:
            print("\n".join(read("vault.json", {})))
        case ["keyvault", "secret", "set", *_]:
            write("vault.json", read("vault.json", {}) | {option("--name"): text})
        case ["keyvault", "secret", "show", *_]:
            print(read("vault.json", {})[option("--name")])
        case ["storage", "blob", "upload-batch", *_]:
            root = pathlib.Path(option("--source"))
            files = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}
            write("uploaded.json", files)
        case ["resource", "show", *_]:
            print("InstrumentationKey=1n5trument;IngestionEndpoint=https://ingest.example/")
        case ["account", "show", *_]:
            pass
        case ["functionapp", "deployment", "source", "config-zip", *_]:
            with zipfile.ZipFile(option("--src")) as code:
                write("function.json", sorted(code.namelist()))
        case ["vm", "list-skus", *_]:
            print("" if "westcentralus" in ARGUMENTS else "1\t2\t3")
        case _:
            sys.exit(f"the fake az does not know {ARGUMENTS}")


def kubectl(_text):
    match ARGUMENTS:
        case ["get", "pods", *_] if "json" in ARGUMENTS:
            tests = [
                {"metadata": {"name": name}, "status": {"phase": phase}}
                for name, phase in read("tests.json", {}).items()
            ]
            print(json.dumps({"items": PODS["items"] + tests}))
        case ["get", "pods", *_]:
            print((STATE / "waiting").read_text() if (STATE / "waiting").exists() else "")
        case ["logs", *_]:
            print("cannot connect with", read("vault.json", {}).get("mysql-central-ledger-password"))
        case [("apply" | "delete" | "get"), *_]:
            print("done")
        case ["port-forward", *_]:
            pass
        case _:
            sys.exit(f"the fake kubectl does not know {ARGUMENTS}")


def note_plugin():
    """Which of the package's files became the plugin's kustomization."""
    text = pathlib.Path(os.environ["HELM_PLUGINS"], "mojaloop-env", "kustomization.yaml").read_text()
    folder = pathlib.Path(os.environ["AZ_SCRIPTS_PATH_INPUT_DIRECTORY"])
    write("plugin.json", [path.name for path in folder.glob("kustomization-*.yaml") if path.read_text() == text])


def helm(_text):
    releases = read("releases.json", {})
    match ARGUMENTS:
        case ["pull", name, *_]:
            chart = pathlib.Path(option("--destination"), f"{name}-{option('--version')}.tgz")
            chart.write_text("a chart")
        case ["upgrade", "--install", release, *_]:
            values = pathlib.Path(option("--values")).read_text()
            write("releases.json", releases | {release: {"status": "deployed", "values": values}})
            if "--post-renderer" in ARGUMENTS:
                note_plugin()
                write("registry.json", os.environ.get("IMAGE_REGISTRY"))
            print(f"release {release} is deployed")
        case ["test", *_]:
            failed = [name for name, phase in read("tests.json", {}).items() if phase == "Failed"]
            sys.exit(f"Error: pod {failed[0]} failed" if failed else 0)
        case ["status", release, *_] if release in releases:
            print(json.dumps({"version": 3, "info": {"status": releases[release]["status"]}}))
        case ["uninstall", release, *_]:
            del releases[release]
            write("releases.json", releases)
        case ["rollback", release, *_]:
            write("releases.json", releases | {release: {"status": "deployed"}})
        case ["status", release, *_]:
            sys.exit("Error: release: not found")
        case _:
            sys.exit(f"the fake helm does not know {ARGUMENTS}")


def fetch_listed(text):
    """Addresses come by standard input; what they have after the question mark has to be the token of the package."""
    for url, output in re.findall(r'url = "(.*)"\noutput = "(.*)"\n', text):
        parts = urllib.parse.urlsplit(url)
        file = STATE / "site" / parts.path.lstrip("/")
        if parts.query != "sig=t0k%2Fen" or not file.is_file():
            sys.exit(f"curl: (22) The requested URL returned error: 404 ({parts.path})")
        pathlib.Path(output).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(output).write_bytes(file.read_bytes())


def curl(text):
    if "output = " in text:
        fetch_listed(text)
        return
    url = next(argument for argument in ARGUMENTS if argument.startswith(("https://", "http://")))
    if "--request" in ARGUMENTS:
        print(json.dumps({}), 201, sep="\n")
        return
    file = STATE / "site" / url.rstrip("/").rpartition("/")[2]
    if not file.is_file():
        sys.exit(f"curl: (6) could not fetch {url}")
    if "--output" in ARGUMENTS:
        if option("--output") != "/dev/null":
            shutil.copy(file, option("--output"))
    else:
        print(file.read_text())


if __name__ == "__main__":
    given = note()
    fail_when_told()
    {"az": az, "kubectl": kubectl, "helm": helm, "curl": curl}[PROGRAM](given)
