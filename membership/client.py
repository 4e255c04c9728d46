"""From where a request comes, for whatever counts by address (named in ``settings.RATELIMIT_IP_META_KEY``), and whether
a passkey can belong to the name that it asked for."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

_NOWHERE = IPv4Address(0)


def address_of(request: HttpRequest) -> str:
    """As the proxy names it, else that of the connection.

    The last one in the header is what our own proxy wrote; before it may stand whatever the client likes. And a
    connection from anywhere in the world is no proxy of ours, so its header is the client's alone.
    """
    connected = _address(request.META.get("REMOTE_ADDR", ""))
    named = request.META.get(settings.CLIENT_ADDRESS_HEADER, "").rpartition(",")[2]
    return str(connected if connected.is_global else _address(named, connected))


def takes_passkeys(request: HttpRequest) -> bool:
    """Browsers make them for names, not for addresses; and over http for nobody but the machine itself."""
    host = request.get_host().partition(":")[0].strip("[]").lower()
    return host == "localhost" or (request.is_secure() and not host.replace(".", "").isdigit() and bool(host))


def _address(text: str, otherwise: IPv4Address | IPv6Address = _NOWHERE) -> IPv4Address | IPv6Address:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return otherwise
    return getattr(address, "ipv4_mapped", None) or address
