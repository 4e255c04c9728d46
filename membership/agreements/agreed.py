"""What somebody has agreed to, purpose by purpose, for them and for the officer who records it."""

from dataclasses import dataclass

from membership.models import Consent, ConsentText, Person
from membership.registries.purposes import Purpose, purposes


@dataclass(frozen=True)
class Agreed:
    """``standing``: the consent that counts; ``open_text``: the version that waits to be agreed to, a first or a newer
    one.
    """

    purpose: Purpose
    standing: Consent | None
    open_text: ConsentText | None


def agreed_by(person: Person) -> list[Agreed]:
    """In two queries."""
    given: dict[str, Consent] = {}
    for consent in Consent.objects.for_account(person).filter(withdrawn_at=None):
        given.setdefault(consent.text.purpose, consent)
    waiting = {text.purpose: text for text in ConsentText.objects.open_to(person.pk)}
    return [Agreed(purpose, given.get(key), waiting.get(key)) for key, purpose in purposes.items()]
