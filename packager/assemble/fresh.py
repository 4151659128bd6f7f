"""A package built anew from its sources, without checks: what a finished zip is compared with.

Run as a program, it is the second build of `build --verify`: another process, which shares nothing with the first.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from packager.assemble.archive import Archive
from packager.assemble.packages import target, write_zip
from packager.errors import PackagerError, RefusedError
from packager.offer.load import load_offer, select_plans
from packager.render.render import render_plan


def build_fresh(
    offer_file: Path, plans: tuple[str, ...], overrides: Mapping[str, str], out: Path, seconds: int
) -> dict[str, Archive]:
    """The zips of the plans in `out`, by plan. Raises RefusedError when the sources cannot be packed."""
    loaded = load_offer(offer_file)
    if loaded.offer is None:
        problem = next(problem for problem in loaded.problems if problem.severity == "error")
        raise RefusedError(problem.message, where=f"{problem.document.name}:{problem.place.line}")
    built = {}
    for plan in select_plans(loaded.offer, plans):
        rendered = render_plan(loaded.offer, plan, overrides)
        for failure in rendered.problems:
            if failure.severity == "error":
                raise RefusedError(failure.message, where=f"{failure.file}:{failure.line}")
        built[plan.id] = write_zip(target(out, loaded.offer, plan).archive, rendered, seconds)
    return built


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
