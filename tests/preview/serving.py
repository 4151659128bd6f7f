"""Runs `packager preview` as a user would, and asks it as a browser would."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Page(NamedTuple):
    """A running preview and its address."""

    address: str
    process: "subprocess.Popen[str]"

    def ask(self, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; `path` follows the address, or starts with a slash."""
        parts = urlsplit(self.address)
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        target = path if path.startswith("/") else parts.path + path
        connection = http.client.HTTPConnection(str(parts.hostname), int(parts.port or 0), timeout=20)
        with contextlib.closing(connection):
            connection.request("GET" if data is None else "POST", target, data, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@contextlib.contextmanager
def previewed(*arguments: str) -> Iterator[Page]:
    """The page of `packager preview ARGUMENTS` while it is served."""
    command = [sys.executable, "-m", "packager", "preview", *arguments]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), process.stderr.read()
            yield Page(address, process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
