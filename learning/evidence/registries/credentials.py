"""Credentials that go along with a person's learning record, as titles do. Calls go down, this registry goes up: an
app adds in its ``AppConfig.ready`` a function that gives a person's unsigned credentials of that issuer."""

from collections.abc import Callable, Iterable

from badges.shape import Document
from membership.models import Person

sources: list[Callable[[Person, Document], Iterable[Document]]] = []


def credentials_of(person: Person, issuer: Document) -> list[Document]:
    return [credential for source in sources for credential in source(person, issuer)]
