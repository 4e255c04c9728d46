"""What a client sends is taken in whole before Django begins, so that a slow one holds up nobody (decision 0116).

granian gives each request a thread, and reading a body waits in it for as long as the client likes. So there are more
threads than work: most may wait for bodies, some are kept for whoever sends none, and one works at a time.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from queue import Empty, Queue
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Event, Thread
from time import monotonic
from typing import IO, Any

THREADS = 8  # of each worker: what `--blocking-threads` is to say
PATIENCE_SECONDS = 20.0  # for each part
MOST_SECONDS = 30 * 60.0  # for all of them
MOST_BYTES = 260 * 1024 * 1024  # a package may have 256 MB
_PART_BYTES = 64 * 1024
_PARTS_AHEAD = 16  # of what is written: the disk may be slower than the client
_IN_MEMORY_BYTES = 1024 * 1024
_WAITING, _READING = THREADS - 2, 256

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

_REFUSALS = {
    HTTPStatus.BAD_REQUEST: "Dữ liệu gửi lên bị đứt quãng; xin gửi lại. · What was sent broke off; send it again.",
    HTTPStatus.REQUEST_TIMEOUT: "Gửi lên quá chậm; xin gửi lại. · What was sent came too slowly; send it again.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Tệp lớn quá 260 MB. · The file is larger than 260 MB.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Trang đang bận; xin thử lại ngay sau đây. · The site is busy; try again shortly.",
    HTTPStatus.INSUFFICIENT_STORAGE: "Trang đã hết chỗ chứa nên chưa lưu gì cả. · The site has no room left, so "
    "nothing of this was saved.",
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
        if not self._waiting.acquire(blocking=False):
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            return self._receive(environ, length)
        finally:
            self._waiting.release()

    def _receive(self, environ: Environ, length: int) -> HTTPStatus | None:
        if not self._reading.acquire(blocking=False):
            return HTTPStatus.SERVICE_UNAVAILABLE
        parts, is_over = Queue[bytes](_PARTS_AHEAD), Event()
        Thread(target=self._read, args=(environ["wsgi.input"], length, parts, is_over), daemon=True).start()
        try:
            environ["wsgi.input"] = self._put_together(parts, length)
        except Empty:
            return HTTPStatus.REQUEST_TIMEOUT
        except EOFError:
            return HTTPStatus.BAD_REQUEST
        except OSError:
            return HTTPStatus.INSUFFICIENT_STORAGE
        finally:
            is_over.set()
            _empty(parts)
        return None

    def _put_together(self, parts: Queue[bytes], left: int) -> IO[bytes]:
        """Raises Empty for what comes too slowly, a byte at a time too; EOFError for what broke off."""
        ends_at = monotonic() + min(-(-left // _PART_BYTES) * self._patience, MOST_SECONDS)
        body: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 (it ends with the request)
        while left:
            part = parts.get(timeout=max(0, min(self._patience, ends_at - monotonic())))
            if not part:
                raise EOFError
            body.write(part)
            left -= len(part)
        body.seek(0)
        return body

    def _read(self, source: IO[bytes], left: int, parts: Queue[bytes], is_over: Event) -> None:
        """In a thread of its own, for nothing else ends a read that waits."""
        try:
            while left and not is_over.is_set() and (part := source.read(min(left, _PART_BYTES))):
                parts.put(part)
                left -= len(part)
        finally:
            self._reading.release()
            parts.put(b"")


def _empty(parts: Queue[bytes]) -> None:
    """So that its reader, who waits for room, sees that all is over."""
    with suppress(Empty):
        while True:
            parts.get_nowait()


def _length(environ: Environ) -> int:
    """As Django reads it: what is no number counts as nothing."""
    try:
        return max(int(environ.get("CONTENT_LENGTH") or 0), 0)
    except ValueError:
        return 0
