import sys


def check(value: str) -> None:
    print("checking", value, file=sys.stderr)
