"""How people, units and roles are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

from interface.vietnamese import fold
from membership.registries.purposes import needed
from membership.slips.codes import code_hash


def standing_on(day: datetime.date, prefix: str = "") -> Q:
    """True of rows with ``valid_from``/``valid_to`` that hold on the day."""
    return Q(**{f"{prefix}valid_from__lte": day}) & ending_after(day, prefix)


def ending_after(day: datetime.date, prefix: str = "") -> Q:
    """True of the same rows where they hold on the day or will."""
    return Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day})


Row = TypeVar("Row", bound=models.Model, covariant=True)


class PersonQuerySet(models.QuerySet[Row]):
    def on_record(self) -> Self:
        """Without the records that were merged into another or erased."""
        return self.filter(merged_into=None, erased_at=None)

    def listed(self) -> Self:
        """On record, and on officers' lists: not who asked that their data be not used for now."""
        return self.on_record().filter(restricted_at=None)

    def records_of(self, person: models.Model) -> Self:
        """The person's own record and those merged into it."""
        return self.filter(Q(pk=person.pk) | Q(merged_into=person))

    def codes_of(self, person_id: int | None) -> models.QuerySet[Row, str]:
        """The code that the person bears, and those of records merged into theirs: on paper the old ones live on."""
        own = Q(pk=person_id) | Q(merged_into=person_id)
        # An administrator is nobody's record; merged into nobody is almost everybody.
        records = self.none() if person_id is None else self.filter(own)
        return records.values_list("code", flat=True)

    def bearing(self, code: str) -> Self:
        """Whose code it is, or whose record the one that bore it was merged into."""
        # Asked at every failed sign-in: by the index of codes, where a join with an "or" reads everybody.
        return self.filter(pk__in=self.filter(code=code).values(bearer=Coalesce("merged_into_id", "pk")))

    def with_access(self, moment: datetime.datetime) -> Self:
        """Adds the home unit of the day, ``has_account``, and ``slip_until`` where an open slip is out."""
        slips = apps.get_model("membership", "Slip")._default_manager.open_at(moment).filter(person=OuterRef("pk"))
        has_account = models.ExpressionWrapper(Q(user__isnull=False), models.BooleanField())
        found = self.home_unit_on(timezone.localdate(moment)).annotate(has_account=has_account)
        return found.annotate(slip_until=Subquery(slips.values("expires_at")[:1]))

    def with_agreement(self) -> Self:
        """Adds ``has_agreed``: whether a consent to what the site needs stands, in whichever version."""
        consents = apps.get_model("membership", "Consent")._default_manager
        given = consents.filter(person=OuterRef("pk"), withdrawn_at=None, text__purpose__in=needed())
        return self.annotate(has_agreed=Exists(given))

    def refusing(self, purpose: str) -> Self:
        """Who took the purpose back, or left its box empty when they agreed to what the site needs, and has not agreed
        to it since."""
        consents = apps.get_model("membership", "Consent")._default_manager.filter(person=OuterRef("pk"))
        texts = apps.get_model("membership", "ConsentText")._default_manager.filter(purpose=purpose)
        first_asked = Subquery(texts.order_by("published_at").values("published_at")[:1])
        about = consents.filter(text__purpose=purpose)
        was_asked = consents.filter(text__purpose__in=needed(), given_at__gte=first_asked)
        refused = Exists(about.filter(withdrawn_at__isnull=False)) | Exists(was_asked)
        return self.filter(refused).exclude(Exists(about.filter(withdrawn_at=None)))

    def within(self, reach: Q, day: datetime.date) -> Self:
        """Those who hold a role on the day where ``policy.reach(user, action, "unit__")`` says; all if it is open."""
        return self.filter(pk__in=_memberships().on(day).filter(reach).values("person")) if reach else self

    def belonging_below(self, unit: Any, day: datetime.date) -> Self:
        """Listed, and with a role on the day in the unit or beneath it, by name."""
        here = _memberships().on(day).filter(unit__path__startswith=unit.path)
        return self.listed().filter(pk__in=here.values("person")).order_by("sort_key", "pk")

    def home_unit_on(self, day: datetime.date) -> Self:
        """Adds ``home_unit_id`` and ``home_unit_name``: the unit of membership, else that of any role."""
        home = (
            _memberships()
            .on(day)
            .filter(person=OuterRef("pk"))
            .annotate(is_plain=models.Case(models.When(role="member", then=0), default=1))
            .order_by("is_plain", "valid_from", "pk")
        )
        return self.annotate(
            home_unit_id=Subquery(home.values("unit_id")[:1]), home_unit_name=Subquery(home.values("unit__name")[:1])
        )

    def matching(self, text: str) -> Self:
        """Whose name holds every word, accents aside, or whose code it is."""
        found = self
        for word in fold(text).split():
            found = found.filter(Q(folded_name__contains=word) | Q(code__iexact=word))
        return found

    def called(self, codes: Iterable[str], folded_names: Iterable[str]) -> Self:
        """Who bears one of the codes or of the names."""
        return self.filter(Q(code__in=codes) | Q(folded_name__in=folded_names))


class UnitQuerySet(MP_NodeQuerySet):
    def matching(self, text: str) -> UnitQuerySet:
        """Whose name holds the text, accents aside."""
        return self.filter(folded_name__contains=fold(text))

    def on(self, day: datetime.date) -> UnitQuerySet:
        """The units that exist on the day."""
        return self.filter(standing_on(day))

    def as_of(self, day: datetime.date) -> UnitQuerySet:
        """Adds ``name_then`` and ``kind_then``: what each unit was called on the day, and of which kind it was."""
        later = apps.get_model("membership", "FormerName")._default_manager.filter(unit=OuterRef("pk"))
        then = later.filter(valid_to__gt=day).order_by("valid_to")
        return self.annotate(
            name_then=Coalesce(Subquery(then.values("name")[:1]), "name"),
            kind_then=Coalesce(Subquery(then.values("kind")[:1]), "kind"),
        )

    def below(self, unit: Any) -> UnitQuerySet:
        """The unit and all beneath it."""
        return self.filter(path__startswith=unit.path)

    def with_code(self, code: str, day: datetime.date) -> UnitQuerySet:
        """The unit that bears the code on the day: a code lives on in a new unit when the old one ends."""
        return self.on(day).filter(code=code)

    def living_on_from(self, unit: Any, day: datetime.date) -> UnitQuerySet:
        """By the map of the day: the unit itself while it exists, else its successors, several where it was split."""
        reached = {unit.pk}
        ended = self._ended(reached, day)
        while ended:
            successors = set(self.filter(predecessors__old__in=ended).values_list("pk", flat=True))
            ended = self._ended(successors - reached, day)
            reached |= successors
        return self.on(day).filter(pk__in=reached)

    def gone_into(self, unit: Any) -> UnitQuerySet:
        """The old units that live on in the unit, whole or in part."""
        return self.filter(successions__new=unit)

    def _ended(self, keys: set[int], day: datetime.date) -> set[int]:
        return set(self.filter(pk__in=keys).exclude(standing_on(day)).values_list("pk", flat=True))


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class MembershipQuerySet(models.QuerySet[Row]):
    def on(self, day: datetime.date) -> Self:
        return self.filter(standing_on(day))

    def of(self, user: Any) -> Self:
        return self.filter(person_id=user.person_id) if user.person_id else self.none()

    def beside(self, held: Any, day: datetime.date) -> Self:
        """Who else holds the same role in the same unit on the day."""
        return self.on(day).filter(unit=held.unit_id, role=held.role).exclude(pk=held.pk)

    def for_account(self, person: models.Model) -> Self:
        """All that the person was and is, newest first."""
        return self.filter(person=person).select_related("unit").order_by("-valid_from", "pk")

    def has_just_signed_up(self, person: models.Model) -> bool:
        """Whether they came by themselves and have agreed to nothing yet."""
        return self.filter(person=person, is_self_declared=True, person__consents=None).exists()

    def waiting(self) -> Self:
        """What people said of themselves and no officer has answered, of those on record who may be listed."""
        own = self.filter(is_self_declared=True, role="member", valid_to=None)
        return own.filter(person__merged_into=None, person__erased_at=None, person__restricted_at=None)

    def agreed(self) -> Self:
        """Of those who agreed to what the site needs; before that an officer learns of nobody."""
        needs = {"text__purpose__in": needed(), "withdrawn_at": None}
        given = apps.get_model("membership", "Consent")._default_manager.filter(person=OuterRef("person"), **needs)
        texts = apps.get_model("membership", "ConsentText")._default_manager.filter(purpose__in=needed())
        return self.filter(Exists(given) | ~Exists(texts))

    def waiting_of(self, user: Any) -> Self:
        return self.of(user).waiting().select_related("unit", "person").order_by("pk")

    def matching(self, text: str) -> Self:
        return self.filter(person__in=apps.get_model("membership", "Person").objects.matching(text))

    def for_administration(self) -> Self:
        """With whom and where, by name, people by the Vietnamese alphabet."""
        return self.select_related("person", "unit").order_by("person__sort_key", "-valid_from", "pk")


class PossibleDoubleQuerySet(models.QuerySet[Row]):
    def waiting(self) -> Self:
        """Not settled, both of people who are on record."""
        on_record = Q(one__merged_into=None, other__merged_into=None, one__erased_at=None, other__erased_at=None)
        return self.filter(on_record, state__in=["open", "asked"])

    def of_people(self, people: Iterable[int]) -> Self:
        keys = list(people)
        return self.filter(Q(one__in=keys) | Q(other__in=keys))

    def within(self, people: PersonQuerySet[Any], own: int | None) -> Self:
        """Of which one record at least is among those people, and none is one's own."""
        one, other = (Exists(people.filter(pk=OuterRef(name))) for name in ("one", "other"))
        reached = self.filter(one | other)
        return reached.exclude(Q(one=own) | Q(other=own)) if own else reached

    def for_queue(self) -> Self:
        """What waits, the surest first."""
        return self.waiting().select_related("one", "other").order_by("-probability", "pk")


class ConsentTextQuerySet(models.QuerySet[Row]):
    def in_force(self) -> Self:
        """The version of each purpose that is asked for now, what the site needs first."""
        newest = self.filter(purpose=OuterRef("purpose")).order_by("-published_at", "-pk")
        is_needed = models.Case(models.When(purpose__in=needed(), then=0), default=1)
        return self.filter(pk=Subquery(newest.values("pk")[:1])).order_by(is_needed, "pk")

    def open_to(self, person_id: int) -> Self:
        """Versions in force to which no consent of the person stands."""
        consents = apps.get_model("membership", "Consent")._default_manager
        accepted = consents.filter(text=OuterRef("pk"), person=person_id, withdrawn_at=None)
        return self.in_force().exclude(Exists(accepted))

    def awaited_from(self, person_id: int) -> Row | None:
        """What they have to agree to before anything else, if anything."""
        return self.open_to(person_id).filter(purpose__in=needed()).first()


class ConsentQuerySet(models.QuerySet[Row]):
    def for_account(self, person: models.Model) -> Self:
        """What the person agreed to and withdrew, newest first."""
        return self.filter(person=person).select_related("text", "recorded_by__person").order_by("-given_at", "-pk")


class FileAccessQuerySet(models.QuerySet[Row]):
    def for_account(self, person: models.Model) -> Self:
        """Who opened the person's file, for that person to read: it is their right to know by name."""
        return self.filter(person=person).select_related("user__person", "unit")


class SlipQuerySet(models.QuerySet[Row]):
    def open_at(self, at: datetime.datetime) -> Self:
        """Neither used nor ended nor too old."""
        return self.filter(used_at=None, ended_at=None, expires_at__gt=at)

    def with_code(self, typed: str) -> Self:
        return self.filter(code_hash=code_hash(typed))

    def to_confirm_by(self, user: Any, reach: Q, at: datetime.datetime) -> Self:
        """What somebody else printed for others, where ``policy.reach(user, action, "office__")`` says."""
        waiting = self.open_at(at).filter(reach, is_renewal=True, confirmed_at=None)
        return (
            waiting.exclude(printed_by=user)
            .exclude(person=user.person_id)
            .select_related("person", "office", "printed_by__person")
        )

    def to_tell(self, user: Any, since: datetime.datetime) -> Self:
        """Slips for a new password that the account's person has to hear of, anew when one was used."""
        lately = Q(printed_at__gt=since) | Q(used_at__gt=since)
        told = self.filter(lately, person=user.person_id, is_renewal=True)
        return told.select_related("printed_by__person", "confirmed_by__person")


def _memberships() -> MembershipQuerySet:
    """Models import this module, so it cannot import them."""
    return MembershipQuerySet(apps.get_model("membership", "Membership"))


class ContactQuerySet(models.QuerySet[Row]):
    def own_phones(self) -> Self:
        """Numbers that somebody saw reaching their person, and that no other account has."""
        numbers = self.model._default_manager.filter(kind="phone", value=OuterRef("value"), person__user__isnull=False)
        own = self.filter(kind="phone", verified_at__isnull=False, person__user__is_active=True)
        return own.exclude(purpose="representative").exclude(Exists(numbers.exclude(person=OuterRef("person"))))
