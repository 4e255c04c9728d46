"""A session as what one can be called to: who was there has done it. A cancelled session cancels the calls to it
(``move_session``)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Replace
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.calls.registries import destinations
from learning.evidence.kinds import Kind
from learning.evidence.models import Verification
from learning.sessions.models import CALLED_AS, Session
from learning.sessions.states import ANSWERED_IN
from membership.policy import AnyUser


def connect() -> None:
    destinations.register(
        destinations.Destination(
            kind=CALLED_AS,
            label=_("Training sessions to come"),
            offered=_offered,
            proof=_proof,
            addresses=_addresses,
        )
    )


def _offered(user: AnyUser) -> Sequence[tuple[UUID, str]]:
    """With its day, for many bear one title."""
    coming = Session.objects.for_calendar(user, timezone.now()).filter(state__in=ANSWERED_IN)
    return [(one.pk, f"{one.title} ({timezone.localdate(one.starts_at):%d/%m/%Y})") for one in coming]


def _proof(key: Any) -> Q:
    """A fact names its session in details, as text with dashes; SQLite keeps a key without. What somebody who may hold
    the session says of themselves proves nothing, here as elsewhere."""
    wanted = Value(str(key), TextField()) if isinstance(key, UUID) else Cast(key, TextField())
    named = Exact(_plain(KT("details__session")), _plain(wanted))
    return Q(named, ~Q(verification=Verification.NONE), kind=Kind.ATTENDANCE)


def _plain(text: Any) -> Replace:
    return Replace(text, Value("-"), Value(""), output_field=TextField())


def _addresses(keys: Collection[UUID]) -> Mapping[UUID, str]:
    there = Session.objects.filter(pk__in=keys).exclude(state="cancelled").values_list("pk", flat=True)
    return {key: reverse("sessions:page", args=[key]) for key in there}
