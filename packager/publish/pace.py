"""How long to wait: between tries, between questions, and in all."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 300.0


@dataclass(frozen=True, slots=True)
class Pace:
    """`attempts` is how often a request is tried; `pause` the first wait in seconds, doubled with each further try.

    `poll` is the wait between two questions for a state, `timeout` how long an answer may take.
    """

    attempts: int = 5
    pause: float = 1.0
    poll: float = 15.0
    timeout: float = 60.0
    sleep: Callable[[float], None] = time.sleep

    def wait(self, attempt: int, asked: float | None = None) -> None:
        """Wait before try number `attempt` + 1: as long as the service asked for, else longer each time."""
        seconds = self.pause * 2**attempt * random.uniform(0.8, 1.2) if asked is None else asked  # noqa: S311
        self.sleep(min(max(seconds, 0.0), LONGEST))


def retry_after(value: str | None) -> float | None:
    """The seconds that a header asks to wait; None when it says nothing that can be understood."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    from email.utils import parsedate_to_datetime  # 5 ms for a rare form

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
