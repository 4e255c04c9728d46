"""A browser that never gives up: what it sends is sent again until it is taken."""

import http.client
import random
import ssl
import time
from dataclasses import dataclass, field

from tests.production.visitor import ADDRESS, NAME

PATIENCE_SECONDS = 90
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
_TOKEN = "c" * 32
_AGAIN = (408, 429)  # too slow, too often; all that begins with 4 otherwise is for good
_UNCHECKED = ssl._create_unverified_context()  # the certificate is Debian's own


class UnhealedError(Exception):
    """An error that trying again did not heal."""


@dataclass
class Browser:
    """With the session of one account, on the site's front door."""

    cookie: str
    chance: random.Random = field(default_factory=random.Random)
    tried_again: int = 0

    def send(
        self, method: str, path: str, body: str | bytes | None, *, kind: str = FORM, expected: tuple[int, ...]
    ) -> tuple[str, str]:
        """The body and where it leads, tried again until it is as expected."""
        said, until = "", time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            status, text, location = self._try(method, path, body, kind)
            if status in expected:
                return text, location
            if 400 <= status < 500 and status not in _AGAIN:
                raise UnhealedError(f"{method} {path}: {status} {text[:200]}")
            said = f"{status} {text[:200]}"
            self.tried_again += 1
            time.sleep(0.2 + self.chance.random() / 2)
        raise UnhealedError(f"{method} {path}: {said}")

    def drop(self, path: str, body: str) -> bool:
        """Sends it over a socket that is dropped unread; whether it was sent."""
        connection = self._connect()
        try:
            connection.request("POST", path, body, self._headers(JSON))
        except OSError:
            return False
        finally:
            connection.close()
        return True

    def _try(self, method: str, path: str, body: str | bytes | None, kind: str) -> tuple[int, str, str]:
        """Status 0 where nobody answered."""
        connection = self._connect()
        try:
            connection.request(method, path, body, self._headers(kind))
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace"), response.getheader("Location", "")
        except (OSError, http.client.HTTPException) as error:
            return 0, type(error).__name__, ""
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPSConnection(NAME, timeout=60, context=_UNCHECKED)

    def _headers(self, kind: str) -> dict[str, str]:
        return {
            "Cookie": f"{self.cookie}; csrftoken={_TOKEN}",
            "X-CSRFToken": _TOKEN,
            "Referer": f"{ADDRESS}/",
            "Content-Type": kind,
        }
