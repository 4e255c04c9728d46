"""The demo's dossiers in every state of two years, the decisions on them, and figures only units can know."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.core.files.base import ContentFile

from evaluation.criteria.actions import begin_scoring, continue_scoring
from evaluation.dossiers.actions import (
    OwnEntry,
    ReviewEntry,
    accept_own_scores,
    confirm_assisted,
    decide,
    forward,
    open_dossier,
    return_to_person,
    save_own,
    save_review,
    submit,
)
from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import (
    EarlierDecision,
    confirm,
    draft_decision,
    enter_earlier,
    hand_in,
    issue,
    revoke,
    withdraw,
)
from evaluation.recognition.models import Decision
from home.demo.oversight import group_everyone, oversee
from home.demo.people import Commune, Population, person_of
from learning.evidence.files import Upload, inspect
from membership.models import Person, Role, Unit, User

_NOTES = [
    "Tôi đọc báo và tài liệu của chi hội mỗi tuần.",
    "Tôi có sổ kế hoạch học tập và ghi lại hằng tháng.",
    "Tôi tham gia đủ các buổi sinh hoạt của chi hội.",
    "",
]
_RETURN_REASON = "Đề nghị bổ sung ghi chú ở chỉ số 2 và chỉ số 6 để chi hội có căn cứ xét."
_KNOWN = "Chi hội biết việc học của người này; giấy tờ đã xem khi thẩm định."  # where little is on record
_LOWER_REASON = "Chi hội thống nhất mức điểm này sau khi xem minh chứng."
_REFUSAL = "Tổng điểm chưa đạt ngưỡng của bộ tiêu chí mẫu; mời tiếp tục phấn đấu năm sau."

HASTY = "20410"  # the commune in which the chapters decide within seconds


# How far a dossier comes in the demo, and the share of people who come that far.
_LAST_YEAR = {"none": 0.6, "draft": 0.04, "refused": 0.06, "recognised": 0.3}
_THIS_YEAR = {"none": 0.4, "draft": 0.12, "returned": 0.05, "chapter": 0.1, "association": 0.1, "commune": 0.1,
              "recognised": 0.13}  # fmt: skip


def evaluate_everyone(population: Population, now: datetime.datetime, chance: random.Random) -> None:
    for commune in population.communes:
        people = list(commune.members)
        last = now.replace(year=now.year - 1, month=12, day=2)
        _year(commune, people, last.year, last, _LAST_YEAR, chance)
        recent = now - datetime.timedelta(days=12)
        _year(commune, people, now.year, recent, _THIS_YEAR, chance)
    _standing(population, now, chance)
    _await_signatures(population.communes[0], now, chance)
    _revoke_one(population, now)
    _enter_earlier_year(population.communes[0], now)
    oversee(population, now)
    group_everyone(population, now)


def _year(
    commune: Commune,
    people: list[Person],
    year: int,
    at: datetime.datetime,
    stages: dict[str, float],
    chance: random.Random,
) -> None:
    ready = []
    for person in people:
        stage = chance.choices(list(stages), list(stages.values()))[0]
        dossier = _bring_to(stage, person, year, commune, at, chance)
        if dossier is not None and stage == "recognised":
            ready.append(dossier)
    _recognise(commune, ready, year, at + datetime.timedelta(days=9))


def score_everyone(now: datetime.datetime) -> None:
    """What this year's evidence suggests for each person, as ``score_province`` writes it."""
    for run in begin_scoring(year=now.year, day=now.date(), parts=1, at=now):
        continue_scoring(run=run, clock=lambda: now)


def _bring_to(
    stage: str, person: Person, year: int, commune: Commune, at: datetime.datetime, chance: random.Random
) -> Dossier | None:
    """Writes the dossier and walks it to its stage; the person themselves where they have an account."""
    if stage == "none":
        return None
    writer = getattr(person, "user", None) or commune.officer(Role.CHAPTER_OFFICER, _chapter(commune, person))
    dossier = open_dossier(person=person, year=year, by=writer, at=at)
    _write(dossier, writer, at, chance, low=5.5 if stage == "refused" else 7.5, is_whole=stage != "draft")
    if stage == "draft":
        return dossier
    if writer.username == "hoa":
        writer.identity_level = "2"  # as after signing in by an outside sign-on
    if writer.person_id != person.pk:
        second = commune.officer(Role.COMMUNE_OFFICER, commune.association)
        confirm_assisted(dossier=dossier, by=second, at=at + datetime.timedelta(minutes=50))
    submit(dossier=dossier, by=writer, at=at + datetime.timedelta(hours=1))
    _review(dossier, stage, commune, at, chance)
    return dossier


def _write(
    dossier: Dossier, by: User, at: datetime.datetime, chance: random.Random, *, low: float, is_whole: bool
) -> None:
    numbers = list(dossier.scores.values_list("indicator__number", flat=True))
    wanted = numbers if is_whole else numbers[: chance.randint(2, 7)]
    entries = [OwnEntry(number, _points(chance, low), chance.choice(_NOTES)) for number in wanted]
    save_own(dossier=dossier, entries=entries, by=by, at=at)


def _points(chance: random.Random, low: float) -> Decimal:
    return Decimal(round(2 * chance.uniform(low, low + 2.4))) / 2


def _review(dossier: Dossier, stage: str, commune: Commune, at: datetime.datetime, chance: random.Random) -> None:
    """Bodies one after the other, until the one at which the stage stops."""
    chapter = commune.officer(Role.CHAPTER_OFFICER, _chapter(commune, dossier.person))
    if stage == "chapter":
        return
    if stage == "returned":
        return_to_person(dossier=dossier, reason=_RETURN_REASON, by=chapter, at=at + datetime.timedelta(days=1))
        return
    if chance.random() < 0.3:
        _lower_one(dossier, chapter, at + datetime.timedelta(days=2), chance)
    is_hasty = commune.unit.code == HASTY
    _agree(dossier, chapter, at + datetime.timedelta(days=2), chance.randint(4, 15 if is_hasty else 400))
    if stage == "association":
        return
    _agree(dossier, commune.officer(Role.COMMUNE_OFFICER, commune.association), at + datetime.timedelta(days=4), None)
    if stage == "refused":
        recogniser = commune.officer(Role.RECOGNISER, commune.unit)
        decide(dossier=dossier, is_recognised=False, reason=_REFUSAL, by=recogniser, at=at + datetime.timedelta(days=6))


def _lower_one(dossier: Dossier, by: User, at: datetime.datetime, chance: random.Random) -> None:
    score = chance.choice(list(dossier.scores.select_related("indicator")))
    lower = (score.self_points or Decimal(0)) - Decimal("0.5")
    entry = ReviewEntry(score.indicator.number, lower, _LOWER_REASON)
    save_review(dossier=dossier, entries=[entry], by=by, at=at)


def _agree(dossier: Dossier, by: User, at: datetime.datetime, seconds: int | None) -> None:
    accept_own_scores(dossier=dossier, by=by, at=at, reason=_KNOWN)
    forward(dossier=dossier, by=by, at=at, seconds=seconds)


def _recognise(commune: Commune, dossiers: Iterable[Dossier], year: int, at: datetime.datetime) -> None:
    """One decision for those whose score passes; the others go on waiting."""
    passing = Dossier.objects.filter(pk__in=[dossier.pk for dossier in dossiers]).ready_for_decision()
    if passing:
        _issue(commune, passing, year, 100 + int(commune.unit.code) % 800, at)


def _issue(commune: Commune, dossiers: Iterable[Dossier], year: int, number: int, at: datetime.datetime) -> None:
    """Signed on paper: the recogniser hands the scan in, the second officer confirms it."""
    recogniser = commune.officer(Role.RECOGNISER, commune.unit)
    assert commune.second is not None
    decision = _issued(commune, dossiers, year, number, at)
    copy = hand_in(decision=decision, upload=_scan(decision), by=recogniser, at=at)
    confirm(copy=copy, by=commune.second, at=at)


def _issued(commune: Commune, dossiers: Iterable[Dossier], year: int, number: int, at: datetime.datetime) -> Decision:
    recogniser = commune.officer(Role.RECOGNISER, commune.unit)
    return issue(
        decision=draft_decision(unit=commune.unit, year=year, dossiers=dossiers, by=recogniser, at=at),
        number=f"{number}/QĐ-UBND",
        signed_on=at.date(),
        signer_name="Nguyễn Thành Công",
        signer_title="Chủ tịch",
        by=recogniser,
        at=at,
    )


def _scan(decision: Decision) -> Upload:
    """The issued file stands for its scan."""
    with decision.paper.open("rb") as issued:
        return inspect(ContentFile(issued.read(), name="quyet-dinh-da-ky.pdf"), limit=settings.UPLOAD_MAX_BYTES)


def _await_signatures(commune: Commune, now: datetime.datetime, chance: random.Random) -> None:
    """One decision that was withdrawn, and one whose scan waits for the second officer, who can sign in."""
    recogniser = commune.officer(Role.RECOGNISER, commune.unit)
    idle = [person for person in commune.members if not person.dossiers.filter(year=now.year).exists()]
    at = now - datetime.timedelta(days=9)
    brought = [_bring_to("recognised", person, now.year, commune, at, chance) for person in idle[:2]]
    ready = [dossier for dossier in brought if dossier is not None]
    passing = Dossier.objects.filter(pk__in=[dossier.pk for dossier in ready]).ready_for_decision()
    if passing:
        wrong = _issued(commune, passing, now.year, 980, now - datetime.timedelta(days=2))
        withdraw(
            decision=wrong, reason="Ghi nhầm số; ban hành lại.", by=recogniser, at=now - datetime.timedelta(days=2)
        )
        waiting = _issued(commune, passing, now.year, 981, now - datetime.timedelta(days=1))
        hand_in(decision=waiting, upload=_scan(waiting), by=recogniser, at=now)


def _standing(population: Population, now: datetime.datetime, chance: random.Random) -> None:
    """An writes this year's dossier; Hoa holds last year's title and this year's waits for recognition."""
    commune = population.communes[0]
    an, hoa = (person_of(population.users[name]) for name in ("an", "hoa"))
    _bring_to("draft", an, now.year, commune, now - datetime.timedelta(days=3), chance)
    last = now.replace(year=now.year - 1, month=12, day=3)
    for person in (an, hoa):
        dossier = _bring_to("recognised", person, last.year, commune, last, random.Random(5))
        assert dossier is not None
        _issue(commune, [dossier], last.year, dossier.pk + 900, last + datetime.timedelta(days=15))
    _bring_to("commune", hoa, now.year, commune, now - datetime.timedelta(days=10), chance)
    _fill_first_queue(commune, now, chance)


def _fill_first_queue(commune: Commune, now: datetime.datetime, chance: random.Random) -> None:
    """So that the chapter officer who signs in has dossiers to go through."""
    chapter = commune.chapters[0]
    here = Person.objects.filter(memberships__unit=chapter, memberships__role=Role.MEMBER)
    idle = here.filter(pk__in=[person.pk for person in commune.members]).exclude(dossiers__year=now.year)
    for person in idle.order_by("pk")[:7]:
        _bring_to("chapter", person, now.year, commune, now - datetime.timedelta(days=5), chance)


def _revoke_one(population: Population, now: datetime.datetime) -> None:
    """So that the verification page has a revoked title to show."""
    commune = population.communes[-1]
    decision = Decision.objects.filter(unit=commune.unit).order_by("pk").first()
    title = decision.titles.order_by("pk").first() if decision else None
    if title:
        revoke(
            title=title,
            reason="Người được công nhận đã chuyển đi và được xét ở nơi ở mới.",
            by=commune.officer(Role.RECOGNISER, commune.unit),
            at=now - datetime.timedelta(days=30),
        )


def _enter_earlier_year(commune: Commune, now: datetime.datetime) -> None:
    """A decision from before the site, by the district of then: entered from its paper."""
    year = now.year - 2
    about = EarlierDecision(
        unit=commune.unit, year=year, number="1204/QĐ-UBND", signed_on=datetime.date(year, 12, 19),
        signer_name="Trần Văn Cũ", signer_title="Chủ tịch", issuer="Ủy ban nhân dân quận cũ",
    )  # fmt: skip
    people = {person.pk: "" for person in commune.members[:8]}
    enter_earlier(about=about, people=people, by=commune.officer(Role.RECOGNISER, commune.unit), at=now)


def _chapter(commune: Commune, person: Person) -> Unit:
    unit_id = person.memberships.filter(role=Role.MEMBER).values_list("unit_id", flat=True)[0]
    return next(chapter for chapter in commune.chapters if chapter.pk == unit_id)
