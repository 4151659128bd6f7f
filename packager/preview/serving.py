"""Runs the server on this machine's loopback address until it is stopped, and watches the sources meanwhile."""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn
import watchfiles

from packager.errors import UsageError
from packager.preview.server import Changes, make_app
from packager.preview.session import Session

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")


def serve(session: Session, port: int, announce: Callable[[str], None]) -> None:
    """Serve the page; `announce` gets its address once it can be opened. Port 0 takes any that is free.

    Raises UsageError when the port cannot be had. Ends with the interrupt that stops it.
    """
    with _listening(port) as listener:
        port = listener.getsockname()[1]
        token = secrets.token_urlsafe(24)
        changes = Changes()
        app = make_app(session, token, tuple(f"{name}:{port}" for name in NAMES), changes)
        config = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off", ws="none")
        server = _Server(config, lambda: announce(f"http://{LOOPBACK}:{port}/{token}/"))
        asyncio.run(_run(server, listener, session, changes))


class _Server(uvicorn.Server):
    """A server that says when it is ready, and closes open streams when it ends."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        config.timeout_graceful_shutdown = 1  # an open page never ends its stream of events by itself

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


async def _run(server: _Server, listener: socket.socket, session: Session, changes: Changes) -> None:
    watching = asyncio.create_task(_watch(session, changes))
    try:
        await server.serve([listener])
    finally:
        watching.cancel()


async def _watch(session: Session, changes: Changes) -> None:
    """Tell the pages whenever a file that the form or the template is made from has changed."""
    while True:
        watched = [place for place in session.watched() if place.exists()]
        if not watched:
            await asyncio.sleep(1)
            continue
        async for _ in watchfiles.awatch(*_folders(watched), recursive=False, debounce=200):
            await asyncio.to_thread(session.reload)
            changes.tell()
            if {place for place in session.watched() if place.exists()} != set(watched):
                break


def _folders(places: list[Path]) -> set[Path]:
    """Editors replace a file when they save it, so that its folder is what can be watched."""
    return {place if place.is_dir() else place.parent for place in places}


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(64)
        yield listener
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}", hint="leave out --port to take a free one"
        ) from error
    except OverflowError:
        raise UsageError(f"there is no port {port}", hint="a port is a number up to 65535") from None
    finally:
        listener.close()
