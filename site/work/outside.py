"""Asking a server whose address somebody else named: it may stand anywhere in the world, but never on this machine or
in its network. Its name is looked up once, what it led to is asked, and after some seconds it is asked no longer."""

import re
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from work.carriers.contract import AwayError, RefusedError

_CONNECTING, _IN_ALL = 3, 8  # seconds; in all, however slowly it goes on answering
_MOST_READ = 10_000  # of an answer, which nobody needs
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_PATH = re.compile(r"/[!-~]*")  # what a request line can hold: of anything else the asking itself would fail
_HTTPS = 443
_TRANSLATED = IPv6Network("64:ff9b::/96")  # an address of the old kind, in the last four octets


class NotOutsideError(RefusedError):
    """It leads into the own network, or nowhere."""

    def __init__(self) -> None:
        super().__init__(_("This is no address to which the site writes."))


@dataclass(frozen=True)
class Place:
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        return f"https://{self.host}" + ("" if self.port == _HTTPS else f":{self.port}")


@dataclass(frozen=True)
class Answer:
    status: int
    retry_after: str


def place_of(address: str) -> Place:
    """Raises NotOutsideError for what may never be asked; where a name leads is looked up when it is."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or _HTTPS
    except ValueError as error:
        raise NotOutsideError from error
    is_usual = port == _HTTPS or settings.IS_THIS_MACHINE_OUTSIDE
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    is_asked = _NAME.fullmatch(host) and _PATH.fullmatch(path)
    if parts.scheme != "https" or "@" in parts.netloc or not is_asked or not is_usual:
        raise NotOutsideError
    return Place(host, port, path)


@dataclass
class Outside:
    """Keeps connections while several messages go to the same servers."""

    _kept: dict[str, HTTPConnection] = field(default_factory=dict)
    _trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)  # costs more than a message

    def post(self, place: Place, headers: Mapping[str, str], body: bytes) -> Answer:
        """Raises NotOutsideError; AwayError where nothing answers in time."""
        kept = self._kept.pop(place.origin, None)
        if kept:
            with suppress(AwayError):  # it may have been closed on the other side
                return self._asked(kept, place, headers, body)
        return self._asked(_connection(place, self._trusted), place, headers, body)

    def close(self) -> None:
        for connection in self._kept.values():
            connection.close()

    def _asked(self, connection: HTTPConnection, place: Place, headers: Mapping[str, str], body: bytes) -> Answer:
        with _in_time(connection.sock):
            connection.request("POST", place.path, body, dict(headers))
            response = connection.getresponse()
            response.read(_MOST_READ)
        if response.isclosed() and not response.will_close:
            self._kept[place.origin] = connection
        else:
            connection.close()
        return Answer(response.status, response.getheader("Retry-After", ""))


def is_outside(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        within = IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else address.ipv4_mapped
        address = within or address
    is_open = address.is_global and not address.is_multicast
    return is_open or (settings.IS_THIS_MACHINE_OUTSIDE and address.is_loopback)


def _connection(place: Place, trusted: ssl.SSLContext) -> HTTPConnection:
    """To the address that its name has now, for a certificate of that name; it never connects by itself."""
    connection = HTTPConnection(place.host, place.port)
    connection.auto_open = 0
    plain = _connected(_found(place), place.port)
    connection.sock = trusted.wrap_socket(plain, server_hostname=place.host, do_handshake_on_connect=False)
    with _in_time(connection.sock):
        connection.sock.do_handshake()
    connection.default_port = _HTTPS  # so it stands in the Host header where it is another
    return connection


def _connected(addresses: Sequence[str], port: int) -> socket.socket:
    fault = OSError()
    for address in addresses:
        try:
            return socket.create_connection((address, port), _CONNECTING)
        except OSError as error:
            fault = error
    raise AwayError("") from fault


def _found(place: Place) -> list[str]:
    try:
        found = [str(told[4][0]) for told in socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)]
    except OSError as fault:
        raise AwayError("") from fault
    except UnicodeError as error:  # no name that there can be
        raise NotOutsideError from error
    if not all(is_outside(ip_address(one.partition("%")[0])) for one in found):
        raise NotOutsideError
    return found


@contextmanager
def _in_time(connected: socket.socket) -> Iterator[None]:
    """Who sends a little again and again is cut off too."""
    connected.settimeout(_IN_ALL)
    watch = Timer(_IN_ALL, _cut, [connected])
    watch.start()
    try:
        yield
    except (OSError, HTTPException) as fault:
        connected.close()
        raise AwayError("") from fault
    finally:
        watch.cancel()


def _cut(connected: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)  # that of SSL takes the reader's own state away
