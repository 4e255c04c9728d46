"""What must be so before the site is opened to the world."""

from typing import Any

from django.conf import settings
from django.core.checks import Error


def check_client_address(**_details: Any) -> list[Error]:
    """Behind a proxy all come from one address: a few hundred wrong passwords would lock everybody out."""
    header = settings.CLIENT_ADDRESS_HEADER
    if header == "REMOTE_ADDR" or header.startswith("HTTP_"):
        return []
    hint = (
        "Set CLIENT_ADDRESS_HEADER to the header in which the proxy names the client, such as HTTP_X_REAL_IP; to "
        "REMOTE_ADDR where there is no proxy."
    )
    return [Error("It is not said how the address of a client is known.", hint=hint, id="membership.E001")]
