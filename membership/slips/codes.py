"""What of a slip is kept instead of what it says: keyed hashes, which recognise it and cannot be read back."""

from django.utils.crypto import salted_hmac

from papers.codes import canonical


def code_hash(typed: str) -> str:
    """Of the code as someone typed it or as the picture holds it."""
    return _hash("code", canonical(typed))


def browser_hash(number: str) -> str:
    return _hash("browser", number)


def address_hash(address: str) -> str:
    return _hash("address", address)


def _hash(of: str, text: str) -> str:
    return salted_hmac(f"membership.slips.{of}", text, algorithm="sha256").hexdigest()
