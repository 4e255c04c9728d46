"""A line between browser and server that can be cut: what the browser calls offline lets some requests through."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

CHUNK = 65536


class Line:
    """Passes bytes to the server at ``target`` until it is cut; ``address`` is what the browser opens."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (str(parts.hostname), int(parts.port or 80))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._is_cut = False
        self._changing = threading.Lock()
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        with self._changing:
            self._is_cut = True
            for end in list(self._open):
                _close(end)

    def restore(self) -> None:
        self._is_cut = False

    def close(self) -> None:
        self.cut()
        _close(self._listener)

    def _listen(self) -> None:
        while True:
            try:
                browser, _from = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            with self._changing:
                self._open |= {browser, server}
                if self._is_cut:
                    _close(browser)
                    _close(server)
            for source, sink in ((browser, server), (server, browser)):
                threading.Thread(target=self._pass, args=(source, sink), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                sink.sendall(chunk)
        for end in (source, sink):
            self._open.discard(end)
            _close(end)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
