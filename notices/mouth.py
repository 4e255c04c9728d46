"""Whom a secretary tells by word of mouth, and what: people whom no letter reaches, without an account, or with one
that has no address or whose letters come back. Who has one and chose silence is left in peace, and what a message told
is told.

What may be said aloud at a door is little (decision 0135): the words of kinds that only ask somebody to come
(``Kind.is_spoken``). Of all else a secretary reads no more than that there is news.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext, override

from membership.models import Person, Unit, User
from membership.policy import Action, reach
from membership.querysets import PersonQuerySet
from notices.channels import told_without_mail, without_mail
from notices.models import Notice
from notices.querysets import NoticeQuerySet
from notices.registries.kinds import kinds, over
from papers.paper import Block, Paper, Table, in_words

MOST_ON_PAPER = 400
_RECENT = datetime.timedelta(days=60)
_BOX = "☐"


def to_tell(user: User, at: datetime.datetime) -> PersonQuerySet[Person]:
    """Of the people whom the user assists those whom no letter reaches and for whom there is news, by name."""
    people = Person.objects.listed().within(reach(user, Action.ASSIST, "unit__"), timezone.localdate(at))
    silent = without_mail(people.filter(withdrawn_at=None))
    return silent.filter(Exists(news(at).filter(person=OuterRef("pk")))).order_by("sort_key", "pk")


def news(at: datetime.datetime) -> NoticeQuerySet[Notice]:
    """Of the last two months, without what went to their telephone or another device."""
    recent = Notice.objects.open().filter(kind__in=list(kinds), at__gt=at - _RECENT, at__lte=at)
    return recent.exclude(Exists(told_without_mail().filter(notices=OuterRef("pk"))))


def with_words(people: Iterable[Person], at: datetime.datetime) -> list[Person]:
    """Each with ``to_say``, what is told to them; empty where all of it is done meanwhile. A query or so for each
    kind, however many people there are."""
    listed = list(people)
    notices = list(
        news(at).filter(person__in=[person.pk for person in listed]).select_related("circular").order_by("at")
    )
    done = over(notices)
    for person in listed:
        own = [notice for notice in notices if notice.person_id == person.pk and notice.pk not in done]
        known: Any = person
        # Of what was changed twice, how it is now.
        latest = {(notice.kind, notice.subject or notice.key): notice for notice in own}
        known.to_say = list(dict.fromkeys(_said(notice) for notice in latest.values()))
        known.letters = [notice.circular for notice in own if notice.circular]
    return listed


def paper_of(unit: Unit, people: Sequence[Person], at: datetime.datetime) -> Paper:
    """A4, with boxes to tick: of people ``with_words``. Papers are in Vietnamese."""
    shown: list[Any] = [person for person in people if person.to_say]  # type: ignore[attr-defined]
    letters = {letter.pk: letter for person in shown for letter in person.letters}
    rows = [
        [str(number), f"{person.full_name} ({person.birth_year or '…'})", " ".join(person.to_say), _BOX]
        for number, person in enumerate(shown, 1)
    ]
    moment = timezone.localtime(at)
    return Paper(
        body=unit.name,
        kind="Danh sách",
        summary="Người cần được báo miệng",
        attached_to=f"({unit.name}, in lúc {moment:%H:%M} {in_words(moment.date())})",
        blocks=[
            Block("Những người sau không nhận được tin qua email. Nói riêng với từng người, không để lại giấy này.")
        ],
        table=Table(["TT", "Họ và tên (năm sinh)", "Báo điều gì", "Đã báo"], rows, wide=(1, 2), centred=(0, 3)),
        closing=[Block(letter.text, lead=f"Thư “{letter.subject}”:") for letter in letters.values()],
    )


def printed(unit: Unit, people: PersonQuerySet[Person], at: datetime.datetime) -> Paper:
    with override("vi"):
        return paper_of(unit, with_words(people[:MOST_ON_PAPER], at), at)


def _said(notice: Notice) -> str:
    return notice.words if notice.of_kind.is_spoken else gettext("There is news for them: ask them to come by.")
