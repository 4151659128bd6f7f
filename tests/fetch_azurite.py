"""Fetches Azurite, the emulator of Azure Storage, for the tests: `python tests/fetch_azurite.py TARGET`.

It comes from npm. Where node or npm is missing, or nothing can be fetched, the tests that need it are skipped and say
so.
"""

import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = "azurite@3.35.0"


def main(target: Path) -> int:
    """Install Azurite below `target`, or say why not; never a failure."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        sys.stderr.write("azurite for the tests needs node and npm; what needs it is skipped\n")
        return 0
    target.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(target), PACKAGE]
    if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.stderr.write("azurite for the tests cannot be fetched; what needs it is skipped\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
