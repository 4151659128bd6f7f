"""Runs command lines in processes that start at once, so that they can be killed: a JSON line each on stdin.

A line is `{"cwd", "environment", "arguments", "output"}`; the answers are `{"pid"}` and, in the end, `{"status"}`.
"""

import json
import os
import sys

from packager.cli.main import run


def child(request):
    os.chdir(request["cwd"])
    os.environ.update(request["environment"])
    target = os.open(request["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(target, 1)
    os.dup2(target, 2)
    code = run(request["arguments"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def answer(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main():
    import azure.cli.core.auth.msal_credentials
    import azure.storage.blob
    import requests

    assert azure.storage.blob and azure.cli.core.auth.msal_credentials and requests
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            child(json.loads(line))
        answer({"pid": pid})
        _, status = os.waitpid(pid, 0)
        answer({"status": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()
