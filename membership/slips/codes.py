"""What of a slip is kept instead of what it says: keyed hashes, which recognise it and cannot be read back."""

from django.utils.crypto import salted_hmac

from papers.codes import canonical


def code_hash(typed: str) -> str:
    """Of the code as someone typed it or as the picture holds it."""
    return keyed_hash("code", canonical(typed))


def browser_hash(number: str) -> str:
    return keyed_hash("browser", number)


def address_hash(address: str) -> str:
    return keyed_hash("address", address)


def keyed_hash(of: str, text: str) -> str:
    """Whoever else gives out what is used once keeps it as slips do; ``of`` keeps the kinds apart."""
    return salted_hmac(f"membership.slips.{of}", text, algorithm="sha256").hexdigest()
