"""A package built anew from its sources, without checks: what a finished zip is compared with.

Run as a program, it is the second build of `build --verify`: another process, which shares nothing with the first.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from packager.assemble.archive import Archive
from packager.assemble.packages import plan_of, target, write_zip
from packager.bundle.model import Bundle
from packager.errors import PackagerError
from packager.render.whole import render_offer


def build_fresh(
    offer_file: Path,
    plans: tuple[str, ...],
    overrides: Mapping[str, str],
    out: Path,
    seconds: int,
    told: Callable[[Sequence[Bundle]], None] = lambda _: None,
) -> dict[str, Archive]:
    """The zips of the plans in `out`, by plan; `told` is handed what is packed.

    Raises RefusedError when the sources cannot be packed.
    """
    offer, rendered = render_offer(offer_file, plans, overrides)
    told([one.bundle for one in rendered])
    return {
        one.bundle.plan or "": write_zip(target(out, offer, plan_of(offer, one)).archive, one, seconds)
        for one in rendered
    }


def main(request: str) -> int:
    """Build what `request` (JSON) asks for; what fails is said on stderr."""
    asked = json.loads(request)
    try:
        build_fresh(Path(asked["offer"]), tuple(asked["plans"]), asked["set"], Path(asked["out"]), asked["seconds"])
    except PackagerError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
