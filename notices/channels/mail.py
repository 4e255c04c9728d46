"""E-mail: to whom has an account with an address."""

from collections.abc import Collection, Mapping, Sequence

from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from membership.models import Person, User
from membership.querysets import PersonQuerySet
from notices.channels.contract import Address
from notices.letters import digest_of, letter_of
from notices.models import Channel, Notice, Refusal
from notices.registries.kinds import Kind


class Mail:
    key, carrier, choice = Channel.EMAIL, "mail", _("By e-mail at once")

    def is_usual(self, kind: Kind) -> bool:
        return kind.is_wanted

    def addresses(self, people: Collection[Person]) -> dict[int, list[Address]]:
        """Of people with their accounts."""
        users = [(person.pk, getattr(person, "user", None)) for person in people]
        return {pk: [Address(user.email)] for pk, user in users if user and user.is_active and user.email}

    def reaching(self, people: PersonQuerySet[Person]) -> Q:
        off = Refusal.objects.standing().filter(person=OuterRef("pk"), channel=self.key)
        return Q(user__is_active=True) & ~Q(user__email="") & ~Q(Exists(off))

    def message(self, notice: Notice) -> EmailMessage:
        return letter_of(notice)

    def digest(self, notices: Sequence[Notice], parts: Mapping[str, str]) -> EmailMessage:
        return digest_of(notices, parts)

    def owner_of(self, address: str) -> int | None:
        return User.objects.filter(email__iexact=address, person__isnull=False).values_list("person", flat=True).first()

    def written(self, address: str) -> str:
        return User.objects.filter(email__iexact=address).values_list("email", flat=True).first() or address
