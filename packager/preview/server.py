"""The page's server: a handful of routes around one session."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from packager.errors import PackagerError
from packager.preview.guard import Guard
from packager.preview.session import Session

STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 32 * 1024 * 1024  # a form may ask for files


def make_app(session: Session, token: str, hosts: tuple[str, ...], changes: "Changes") -> ASGIApp:
    """The application under `/<token>/`; `hosts` are the values of the Host header that it answers to."""
    posts: dict[str, Callable[[dict[str, Any]], None]] = {
        "answers": lambda body: session.change(body["changes"]),
        "plan": lambda body: session.use_plan(body["plan"]),
        "load": lambda body: session.load(body["text"]),
        "reset": lambda _: session.reset(),
        "pass": lambda body: session.leave(body["step"]),
    }
    gets: dict[str, Callable[[Request], Response]] = {
        "state": lambda _: JSONResponse(session.model()),
        "deploy": lambda _: JSONResponse(session.deploy_model()),
        "parameters": lambda _: JSONResponse(session.parameter_file()),
        "source": lambda request: JSONResponse({"lines": session.source(request.query_params.get("file", ""))}),
        "answers.yaml": lambda _: Response(session.answers_text(), media_type="application/yaml"),
    }
    routes = [
        Route("/", lambda _: FileResponse(STATIC / "page.html")),
        Route("/api/events", changes.stream),
        *(Route(f"/api/{name}", _reading(answer)) for name, answer in gets.items()),
        *(Route(f"/api/{name}", _changing(session, change), methods=["POST"]) for name, change in posts.items()),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Guard(Starlette(routes=[Mount(f"/{token}", routes=routes)]), token, hosts)


class Changes:
    """Tells every open page that the sources have changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Queue[str]] = set()

    def tell(self) -> None:
        """Say so to all."""
        for queue in self._waiting:
            queue.put_nowait("event: changed\ndata: {}\n\n")

    async def stream(self, request: Request) -> Response:
        """An endless answer of server-sent events."""
        return StreamingResponse(self._events(request), media_type="text/event-stream")

    async def _events(self, request: Request) -> AsyncIterator[str]:
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._waiting.add(queue)
        try:
            yield ": here\n\n"
            while not await request.is_disconnected():
                try:
                    yield await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    yield ": still here\n\n"  # so that a page that went away is noticed
        finally:
            self._waiting.discard(queue)


def _reading(answer: Callable[[Request], Response]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answered, lambda: answer(request))

    return endpoint


def _changing(session: Session, change: Callable[[dict[str, Any]], None]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        if int(request.headers.get("content-length", LARGEST_BODY + 1)) > LARGEST_BODY:
            return _refused(f"a request of more than {LARGEST_BODY:,} bytes is refused", 413)
        try:
            body = json.loads(await request.body())
        except (ValueError, RecursionError):
            return _refused("the request is no JSON", 400)

        def answer() -> Response:
            change(body)
            return JSONResponse(session.form_model())

        return await run_in_threadpool(_answered, answer)

    return endpoint


def _answered(answer: Callable[[], Response]) -> Response:
    """The answer, or the reason why there is none: nothing that a page sends ends the server."""
    try:
        return answer()
    except PackagerError as error:
        return _refused(str(error), 422)
    except (KeyError, TypeError, AttributeError, ValueError):
        # Only a page of another version asks so, or somebody who tries what happens.
        return _refused("the request has not the shape that is expected; load the page anew", 400)


def _refused(message: str, status: int) -> Response:
    return JSONResponse({"error": message}, status)
