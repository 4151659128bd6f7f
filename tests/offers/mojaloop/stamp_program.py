# ruff: noqa: T201 - printing is what programs do
"""Stands in for the programs on the machine for operations: notes how it was called, and answers as a stamp would.

The folder is named by FAKE_STATE: calls.jsonl (written here), vault.json, answers.json (`{"<program> <first words>":
text}`, null to fail), site/ (what curl can fetch).
"""

import json
import os
import pathlib
import shutil
import sys

STATE = pathlib.Path(os.environ["FAKE_STATE"])
PROGRAM = pathlib.Path(sys.argv[0]).name
ARGUMENTS = sys.argv[1:]
READY = {"conditions": [{"type": "Ready", "status": "True"}], "phase": "Running"}
ITEMS = {"nodes": [{"status": READY}] * 9, "pods": [{"metadata": {"name": "moja"}, "status": READY}]}


def option(name):
    return ARGUMENTS[ARGUMENTS.index(name) + 1]


def read(name):
    return json.loads((STATE / name).read_text())


def note():
    takes_input = "/dev/stdin" in ARGUMENTS or "-" in ARGUMENTS
    text = sys.stdin.read() if takes_input else ""
    call = {"program": PROGRAM, "arguments": ARGUMENTS, "input": text, "environment": dict(os.environ)}
    with (STATE / "calls.jsonl").open("a") as file:
        file.write(json.dumps(call) + "\n")
    return text


def answer_as_told():
    words = f"{PROGRAM} {' '.join(ARGUMENTS)}"
    for start, text in read("answers.json").items():
        if words.startswith(start):
            if text is None:
                sys.exit(f"ERROR: {start} says no")
            print(text)
            sys.exit(0)


def az(text):
    match ARGUMENTS:
        case ["keyvault", "secret", "list", *_]:
            print("\n".join(read("vault.json")))
        case ["keyvault", "secret", "set", *_]:
            (STATE / "vault.json").write_text(json.dumps(read("vault.json") | {option("--name"): text}))
        case ["keyvault", "secret", "show", *_]:
            print(read("vault.json")[option("--name")])


def kubectl(_text):
    match ARGUMENTS:
        case ["get", ("nodes" | "pods") as kind, *_] if "json" in ARGUMENTS:
            print(json.dumps({"items": ITEMS[kind]}))
        case ["kustomize", folder]:
            print(pathlib.Path(folder, "../base/cluster.yaml").read_text())
            print("---")
            print(pathlib.Path(folder, "kustomization.yaml").read_text())


def aks_engine(_text):
    """Keeps the model that it was given, as the real one does not, and writes what that one writes."""
    shutil.copy(option("--api-model"), STATE / "model.json")
    (STATE / "mode").write_text(oct(pathlib.Path(option("--api-model")).stat().st_mode & 0o777))
    folder = pathlib.Path(option("--output-directory"))
    (folder / "kubeconfig").mkdir(parents=True)
    for name in ("azuredeploy.json", "azuredeploy.parameters.json", "kubeconfig/kubeconfig.local.json"):
        (folder / name).write_text("{}")


def helm(_text):
    match ARGUMENTS:
        case ["pull", name, *_]:
            pathlib.Path(option("--destination"), f"{name}-{option('--version')}.tgz").write_text("a chart")
        case ["status", *_] if "json" in ARGUMENTS and (STATE / "installed").exists():
            print('{"version": 1, "info": {"status": "deployed"}}')
        case ["status", *_]:
            sys.exit("Error: release: not found")
        case ["upgrade", *_]:
            (STATE / "installed").write_text("")


def curl(_text):
    url = next(argument for argument in ARGUMENTS if argument.startswith(("https://", "http://")))
    if "--request" in ARGUMENTS:
        print("{}", 201, sep="\n")
        return
    file = STATE / "site" / url.rpartition("/")[2]
    if not file.is_file():
        sys.exit(f"curl: (6) could not fetch {url}")
    shutil.copy(file, option("--output"))


if __name__ == "__main__":
    given = note()
    answer_as_told()
    {"az": az, "kubectl": kubectl, "helm": helm, "curl": curl, "aks-engine-azurestack": aks_engine}[PROGRAM](given)
