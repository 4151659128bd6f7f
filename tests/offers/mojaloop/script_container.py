"""The container in which Azure runs a deployment script: its files in one folder, programs that note their calls."""

import json
import os
import pathlib
import subprocess
import sys

FAKE = pathlib.Path(__file__).with_name("fake_program.py")


class ScriptContainer:
    """Files of the script, stand-ins for `az` and `curl` on the PATH, and what became of a run in `state`.

    `site` is what curl finds; `settings` are the variables of the script.
    """

    def __init__(self, folder: pathlib.Path, settings: dict[str, str]):
        self.state, self.files, self.bin = folder / "state", folder / "input", folder / "bin"
        for path in (self.state / "site", self.files, self.bin):
            path.mkdir(parents=True)
        self.output, self.settings = folder / "output.json", settings
        for name in ("az", "curl"):
            self.add_program(self.bin / name)

    def add_program(self, path: pathlib.Path) -> None:
        path.write_text(f"#!{sys.executable}\n{FAKE.read_text()}")
        path.chmod(0o755)

    def put(self, name, value):
        (self.state / name).write_text(json.dumps(value))

    def get(self, name):
        return json.loads((self.state / name).read_text())

    def run(self, script, **settings):
        return subprocess.run(
            ["bash", str(self.files / script)],
            env=self.settings
            | settings
            | {
                "PATH": f"{self.bin}:{os.environ['PATH']}",
                "FAKE_STATE": str(self.state),
                "AZ_SCRIPTS_OUTPUT_PATH": str(self.output),
                "AZ_SCRIPTS_PATH_INPUT_DIRECTORY": str(self.files),
                "RETRY_PAUSE": "0",
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def calls(self):
        return [json.loads(line) for line in (self.state / "calls.jsonl").read_text().splitlines()]
