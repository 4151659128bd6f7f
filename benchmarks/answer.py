"""What an answer on the preview page costs: `python benchmarks/answer.py [OFFER] [--plan PLAN]`.

From the answer to the model that the page shows, in this process: simulation, expansion, and the model as JSON. Printed
are the median in milliseconds, and its ratio to writing and reading that model's JSON once, measured in the same run.
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
    answers, floors = [], []
    for number in range(ROUNDS):
        began = time.perf_counter()
        session.change([{"path": asked["path"], "key": [], "value": f"moja{number % 10}"}])
        text = json.dumps(session.model())
        answers.append(time.perf_counter() - began)
        began = time.perf_counter()
        json.dumps(json.loads(text))
        floors.append(time.perf_counter() - began)
    answer, floor = statistics.median(answers), statistics.median(floors)
    sys.stdout.write(f"{asked['path']}: {answer * 1000:.0f} ms, {answer / floor:.0f}x of the JSON of its model\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
