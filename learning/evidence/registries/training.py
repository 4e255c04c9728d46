"""What sessions train for, as apps above count it. Calls go down, this registry goes up: an app adds in its
``AppConfig.ready`` a function that gives topics with their names, read each time when somebody announces a session."""

from collections.abc import Callable, Sequence

from django.utils.functional import Promise

Offer = tuple[str, str | Promise]

offers: list[Callable[[], Sequence[Offer]]] = []


def offered() -> list[Offer]:
    return [offer for given in offers for offer in given()]
