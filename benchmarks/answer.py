"""What an answer on the preview page costs: `python benchmarks/answer.py [OFFER] [--plan PLAN]`.

From the answer to the model that the form is drawn from, and from there to what would be deployed, which the page asks
for behind it; in this process. Printed are medians in milliseconds, and ratios to writing and reading the JSON of the
whole model once, measured in the same run.
"""

import argparse
import datetime
import json
import statistics
import sys
import time

from packager.checks.config import Config
from packager.preview.opening import opener
from packager.preview.session import Session

ROUNDS = 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("offer", nargs="?", default="marketplace/mojaloop/offer.yaml")
    parser.add_argument("--plan", default="standard")
    options = parser.parse_args()
    session = Session(
        opener(options.offer, Config(), datetime.datetime.now(datetime.UTC).date(), {}), plan=options.plan
    )
    asked = next(
        one for one in session.model()["steps"][0]["fields"] if one["control"] == "text" and one["path"] != "scope"
    )
    answers, deployed, floors = [], [], []
    for number in range(ROUNDS):
        began = time.perf_counter()
        session.change([{"path": asked["path"], "key": [], "value": f"moja{number % 10}"}])
        json.dumps(session.form_model())
        answers.append(time.perf_counter() - began)
        began = time.perf_counter()
        json.dumps(session.deploy_model())
        deployed.append(time.perf_counter() - began)
        text = json.dumps(session.model())
        began = time.perf_counter()
        json.dumps(json.loads(text))
        floors.append(time.perf_counter() - began)
    floor = statistics.median(floors)
    for name, times in (("the form", answers), ("what would be deployed", deployed)):
        median = statistics.median(times)
        sys.stdout.write(f"{asked['path']}, {name}: {median * 1000:.0f} ms, {median / floor:.1f}x of the JSON\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
