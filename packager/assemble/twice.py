"""The second build of `build --verify`: the same sources under other circumstances must give the same bytes."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import packager
from packager.assemble.compare import differences
from packager.assemble.packages import plan_of, target, write_zip
from packager.errors import RefusedError
from packager.offer.model import Offer
from packager.render.model import Rendered

TIMEOUT_SECONDS = 600
CIRCUMSTANCES = {"PYTHONHASHSEED": "4294967295", "LC_ALL": "C", "LANGUAGE": "tr", "TZ": "Asia/Kathmandu"}


def second_build_differences(
    offer: Offer, rendered: Sequence[Rendered], overrides: Mapping[str, str], seconds: int
) -> Iterator[tuple[str, str]]:
    """Pairs of a plan and what differs between its zip and that of a second build; nothing when they are the same."""
    with tempfile.TemporaryDirectory(prefix="packager-") as folder:
        first, second = Path(folder, "first"), Path(folder, "second")
        second.mkdir()
        _build_elsewhere(offer, [plan_of(offer, one).id for one in rendered], overrides, second, seconds)
        for one in rendered:
            plan = plan_of(offer, one)
            archive = write_zip(target(first, offer, plan).archive, one, seconds)
            other = target(second, offer, plan).archive
            yield from ((plan.id, text) for text in differences(archive.path, other, "the second build"))


def _build_elsewhere(offer: Offer, plans: list[str], overrides: Mapping[str, str], out: Path, seconds: int) -> None:
    """Build in another process, with another hash seed, locale, time zone, umask and working folder."""
    request = {"offer": str(offer.file), "plans": plans, "set": dict(overrides), "out": str(out), "seconds": seconds}
    # The working folder is another one, so a package that is found through it must be found all the same.
    paths = [str(Path(packager.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | CIRCUMSTANCES | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    try:
        ended = subprocess.run(  # noqa: S603  (this interpreter, and arguments of our own)
            [sys.executable, "-m", "packager.assemble.fresh", json.dumps(request)],
            cwd=out,
            env=environment,
            umask=0o077 if os.name == "posix" else -1,
            capture_output=True,
            check=False,
            timeout=TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedError(f"the second build does not end within {TIMEOUT_SECONDS} seconds") from error
    if ended.returncode != 0:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RefusedError(f"the second build fails where the first did not: {said[0] if said else 'without a word'}")
