"""What a client sends is taken in whole before Django begins, so that a slow one holds up nobody (decision 0116).

granian gives each request a thread, and reading a body waits in it for as long as the client likes. So there are more
threads than work: most may wait for bodies, some are kept for whoever sends none, and one works at a time.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from queue import Empty, SimpleQueue
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Thread
from typing import IO, Any

THREADS = 8  # of each worker: what `--blocking-threads` is to say
PATIENCE_SECONDS = 20.0  # for each part
MOST_BYTES = 260 * 1024 * 1024  # a package may have 256 MB
_PART_BYTES = 64 * 1024
_IN_MEMORY_BYTES = 1024 * 1024
_WAITING, _READING = THREADS - 2, 256

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

_REFUSALS = {
    HTTPStatus.BAD_REQUEST: "Dữ liệu gửi lên bị đứt quãng; xin gửi lại. · What was sent broke off; send it again.",
    HTTPStatus.REQUEST_TIMEOUT: "Gửi lên quá chậm; xin gửi lại. · What was sent came too slowly; send it again.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Tệp lớn quá 260 MB. · The file is larger than 260 MB.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Trang đang bận; xin thử lại ngay sau đây. · The site is busy; try again shortly.",
}


class TakesBodiesIn:
    """Stands before Django's application. ``patience``: seconds in which each part of a body must arrive."""

    def __init__(self, application: Application, *, patience: float = PATIENCE_SECONDS) -> None:
        self._application, self._patience = application, patience
        self._work, self._waiting = BoundedSemaphore(1), BoundedSemaphore(_WAITING)
        self._reading = BoundedSemaphore(_READING)  # who was given up may stay connected, and keeps a reader

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        refusal = self._take_in(environ, _length(environ))
        if refusal is None:
            with self._work:
                return self._application(environ, start_response)
        body = _REFUSALS[refusal].encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(f"{refusal.value} {refusal.phrase}", [*headers, ("Retry-After", "5"), ("Connection", "close")])
        return [body]

    def _take_in(self, environ: Environ, length: int) -> HTTPStatus | None:
        """Why the request is refused, or None. Nothing half sent reaches a form: it would empty what is missing."""
        if length > MOST_BYTES:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if not length:
            return None
        if not self._waiting.acquire(timeout=1):
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            return self._receive(environ, length)
        finally:
            self._waiting.release()

    def _receive(self, environ: Environ, left: int) -> HTTPStatus | None:
        parts: SimpleQueue[bytes] = SimpleQueue()
        if not self._reading.acquire(blocking=False):
            return HTTPStatus.SERVICE_UNAVAILABLE
        Thread(target=self._read, args=(environ["wsgi.input"], left, parts), daemon=True).start()
        body: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 (it ends with the request)
        while left:
            try:
                part = parts.get(timeout=self._patience)
            except Empty:
                return HTTPStatus.REQUEST_TIMEOUT
            if not part:
                return HTTPStatus.BAD_REQUEST
            body.write(part)
            left -= len(part)
        body.seek(0)
        environ["wsgi.input"] = body
        return None

    def _read(self, source: IO[bytes], left: int, parts: "SimpleQueue[bytes]") -> None:
        """In a thread of its own, for nothing else ends a read that waits."""
        try:
            while left and (part := source.read(min(left, _PART_BYTES))):
                parts.put(part)
                left -= len(part)
        finally:
            self._reading.release()
            parts.put(b"")


def _length(environ: Environ) -> int:
    """As Django reads it: what is no number counts as nothing."""
    try:
        return max(int(environ.get("CONTENT_LENGTH") or 0), 0)
    except ValueError:
        return 0
