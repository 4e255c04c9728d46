"""What surrounds the demo's dossiers: deadlines, a meeting with minutes, an appeal, a sample, a stand-in, groupings."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import islice

from evaluation.dossiers.actions import (
    Vote,
    accept_own_scores,
    answer_appeal,
    answer_finding,
    appoint_stand_in,
    ask_unit,
    call_meeting,
    close_meeting,
    decide,
    draw_sample,
    file_appeal,
    note_finding,
    set_deadline,
    take_up_evidence,
)
from evaluation.dossiers.models import Appeal, Dossier, InspectedDossier, InspectionSample
from evaluation.recognition.actions import add_members, open_grouping, set_rule
from evaluation.reporting.actions import freeze_report, note_sending
from evaluation.reporting.models import FrozenReport, ReportSending
from home.demo.people import PROVINCE, Commune, Population, person_of
from learning.evidence.actions import record
from learning.evidence.facts import Fact
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, Source, Verification
from membership.models import Person, Role, Unit, User

_MINUTES = (
    "Chi hội trưởng đọc danh sách. Các thành viên xem minh chứng của từng người, trao đổi và biểu quyết. "
    "Thống nhất đề nghị cấp trên xem xét những trường hợp đạt."
)
_REMARK = "Cuộc họp đã xem giấy tờ bản gốc; thống nhất giữ điểm tự đánh giá."
_SAMPLE = "Mức dùng thử, không phải văn bản chính thức"
_FAMILIES = ("Gia đình bà Hoa", "Gia đình ông Phúc", "Gia đình bà Liên")
_REMARKS = (
    "Nhiều hội viên lớn tuổi chưa quen dùng máy tính, cán bộ chi hội còn phải làm thay.\n"
    "Đề nghị Hội cấp trên mở thêm lớp kỹ năng số cơ bản tại nhà sinh hoạt cộng đồng."
)
_ABOVE = "Hội Khuyến học thành phố Đà Nẵng"


def oversee(population: Population, now: datetime.datetime) -> None:
    for commune in population.communes:
        officer = commune.officer(Role.COMMUNE_OFFICER, commune.association)
        last_day = datetime.date(now.year, 12, 5)
        set_deadline(unit=commune.association, year=now.year, last_day=last_day, by=officer, at=now)
    first = population.communes[0]
    _meet(first, now, is_closed=True)
    _meet(population.communes[1], now, is_closed=False)
    _appeal(first, population.users["giang"], now, is_answered=False)
    _appeal(population.communes[1], population.users["giang"], now, is_answered=True)
    _inspect(population.users["minh"], now)
    _stand_in(population, now)
    for dossier in _waiting(first, 2)[-1:]:
        _attend_late(dossier, first, now - datetime.timedelta(days=1))


def group_everyone(population: Population, now: datetime.datetime) -> None:
    since = datetime.date(now.year - 1, 1, 1)
    for kind, percent in (("family", 60), ("clan", 40), ("community", 40)):
        giang = population.users["giang"]
        set_rule(kind=kind, percent=Decimal(percent), source=_SAMPLE, valid_from=since, by=giang, at=now)
    for commune in population.communes[:2]:
        _group(commune, since, now)


def send_reports(population: Population, now: datetime.datetime) -> None:
    first, second, third, *_rest = population.communes
    last_year = now.replace(year=now.year - 1, month=12, day=10)
    for commune in (first, second):
        _send(_freeze(commune.association, last_year, _officer(commune), number=8), _ABOVE, _officer(commune))
    late = _freeze(third.association, last_year.replace(day=18), _officer(third), number=9)
    _send(late, _ABOVE, _officer(third))
    giang = population.users["giang"]
    province = Unit.objects.get(code=PROVINCE, valid_to=None)
    _send(_freeze(province, last_year.replace(day=12), giang, number=21), "Ủy ban nhân dân thành phố Đà Nẵng", giang)
    _put_right(first, now)


def _meet(commune: Commune, now: datetime.datetime, *, is_closed: bool) -> None:
    dossiers = _waiting(commune, 1)[:6]
    step = dossiers[0].current_step if dossiers else None
    if step is None:
        return
    chair = person_of(commune.officer(Role.CHAPTER_OFFICER, commune.chapters[0]))
    secretary = person_of(commune.officer(Role.COMMUNE_OFFICER, commune.association))
    unit, by = commune.chapters[0], commune.officer(Role.CHAPTER_OFFICER, commune.chapters[0])
    held_at = now - datetime.timedelta(days=3)
    meeting = call_meeting(
        step=step,
        unit=unit,
        held_at=held_at,
        place="Nhà sinh hoạt cộng đồng",
        chair=chair,
        secretary=secretary,
        invited=commune.members[:5],
        dossiers=dossiers,
        by=by,
        at=held_at,
    )
    if is_closed:
        present = [chair, secretary, *commune.members[:4]]
        votes = {row.pk: Vote(against=int(row == dossiers[0]), remark=_REMARK) for row in dossiers}
        close_meeting(meeting=meeting, present=present, votes=votes, notes=_MINUTES, by=by, at=now)


def _attend_late(dossier: Dossier, commune: Commune, at: datetime.datetime) -> None:
    """After the chapter had signed off: a body above looks at it before it decides."""
    fact = Fact(
        person_id=dossier.person_id,
        kind=Kind.ATTENDANCE,
        title="Hội nghị tổng kết phong trào học tập",
        occurred_at=at,
        source=Source.OFFICER,
        verification=Verification.DOCUMENT_SEEN,
        entered_by=EnteredBy.ASSISTED,
        source_key=f"demo:late:{dossier.person_id}",
    )
    record(fact=fact, by=commune.officer(Role.COMMUNE_OFFICER, commune.association), at=at)
    take_up_evidence(person_id=dossier.person_id, year=dossier.year)


def _appeal(commune: Commune, province: User, now: datetime.datetime, *, is_answered: bool) -> None:
    """Against a refusal of this year, filed by who helps the person."""
    recogniser = commune.officer(Role.RECOGNISER, commune.unit)
    dossier = next(iter(_waiting(commune, 3)), None)
    if dossier is None or dossier.person_id == recogniser.person_id:
        return
    refused, filed = now - datetime.timedelta(days=6), now - datetime.timedelta(days=4)
    accept_own_scores(dossier=dossier, by=recogniser, at=refused)
    decide(dossier=dossier, is_recognised=False, reason="Minh chứng chưa rõ.", by=recogniser, at=refused)
    helper = commune.officer(Role.COMMUNE_OFFICER, commune.association)
    reason = "Tôi có hai giấy chứng nhận chưa được xem. Đề nghị xem xét lại."
    appeal = file_appeal(dossier=dossier, reason=reason, by=helper, at=filed)
    if is_answered:
        answer = "Chi hội đã xem đủ minh chứng; kết quả được giữ nguyên."
        answer_appeal(appeal=appeal, is_granted=False, answer=answer, by=province, at=now)


def _inspect(inspector: User, now: datetime.datetime) -> None:
    unit = person_of(inspector).memberships.get(role=Role.AUDITOR).unit
    sample = draw_sample(unit=unit, year=now.year - 1, percent=8, seed="17-42-88", by=inspector, at=now)
    findings = [InspectedDossier.Finding.CONFIRMED, InspectedDossier.Finding.DOUBTFUL]
    for line, finding in zip(sample.lines.all()[:2], findings, strict=False):
        note = "Điểm chỉ số 6 không có minh chứng." if finding == InspectedDossier.Finding.DOUBTFUL else ""
        note_finding(line=line, finding=finding, note=note, by=inspector, at=now)
        if finding == InspectedDossier.Finding.DOUBTFUL:
            _follow_up(line, inspector, now, is_answered=True)
    _inspect_before(unit, inspector, now)


def _inspect_before(unit: Unit, inspector: User, now: datetime.datetime) -> None:
    """One of this year's that wait is doubted: the body that has it reads so."""
    stage = InspectionSample.Stage.IN_REVIEW
    before = draw_sample(unit=unit, year=now.year, percent=8, seed="17-42-88", stage=stage, by=inspector, at=now)
    line = before.lines.exclude(dossier__person=inspector.person)[0]
    note = "Chỉ số 6 tự chấm cao nhưng chưa kèm minh chứng nào của năm."
    note_finding(line=line, finding=InspectedDossier.Finding.DOUBTFUL, note=note, by=inspector, at=now)
    _follow_up(line, inspector, now, is_answered=False)


def _follow_up(line: InspectedDossier, inspector: User, now: datetime.datetime, *, is_answered: bool) -> None:
    """One is answered by an officer of the unit; the other waits, and its day is past."""
    words, asked_at = (
        "Gửi bản gốc giấy chứng nhận của chỉ số 6, hoặc xem xét lại điểm.",
        now - datetime.timedelta(days=12),
    )
    due_on = now.date() - datetime.timedelta(days=2)
    asked = ask_unit(line=line, words=words, due_on=due_on, by=inspector, at=asked_at)
    officer = (
        User.objects.filter(
            person__memberships__unit__path__in=asked.unit.paths_up,
            person__memberships__role__in=[Role.CHAPTER_OFFICER, Role.COMMUNE_OFFICER, Role.RECOGNISER],
        )
        .exclude(person=line.dossier.person)
        .order_by("pk")
        .first()
    )
    if is_answered and officer is not None:
        words = "Chi hội đã xem bản gốc ngày hôm qua; bản chụp sẽ được lưu cùng hồ sơ."
        answer_finding(follow_up=asked, words=words, by=officer, at=now)


def _stand_in(population: Population, now: datetime.datetime) -> None:
    commune = population.communes[0]
    appoint_stand_in(
        unit=commune.chapters[1],
        role=Role.CHAPTER_OFFICER,
        person=person_of(population.users["binh"]),
        valid_from=now.date(),
        valid_to=now.date() + datetime.timedelta(days=60),
        reason="Chi hội trưởng nghỉ ốm.",
        by=commune.officer(Role.COMMUNE_OFFICER, commune.association),
        at=now,
    )


def _waiting(commune: Commune, order: int) -> list[Dossier]:
    """This commune's dossiers at its first, second or third body; of the first body, at the first chapter."""
    unit = {1: commune.chapters[0], 2: commune.association, 3: commune.unit}[order]
    waiting = Dossier.objects.filter(current_unit=unit, current_step__order=order, stale_since=None)
    open_cases = Appeal.objects.open().values("dossier")
    return list(waiting.exclude(pk__in=open_cases).select_related("current_step").order_by("pk"))


def _group(commune: Commune, since: datetime.date, now: datetime.datetime) -> None:
    by = commune.officer(Role.COMMUNE_OFFICER, commune.association)
    people = iter(sorted(commune.members, key=lambda person: -person.titles.count()))
    groups = [*(("family", name, 3) for name in _FAMILIES), ("clan", "Tộc Trần", 9), ("community", "Tổ dân phố 4", 12)]
    for kind, name, size in groups:
        members: list[Person] = list(islice(people, size))
        if members:
            made = open_grouping(kind=kind, name=name, place=commune.association, valid_from=since, by=by, at=now)
            codes = [person.code for person in members]
            add_members(grouping=made, codes=codes, valid_from=since, by=by, at=now)
    for chapter in commune.chapters:
        open_grouping(kind="unit", name=chapter.name, place=chapter, valid_from=since, by=by, at=now)


def _put_right(commune: Commune, now: datetime.datetime) -> None:
    """This year's report of the first commune: sent, then a second version frozen with what came later."""
    officer, unit = _officer(commune), commune.association
    earlier = max(now - datetime.timedelta(days=5), now.replace(month=1, day=1))
    _send(_freeze(unit, earlier, officer, number=12), _ABOVE, officer)
    _freeze(unit, now, officer, number=12, version=2, reason="Cập nhật danh hiệu công nhận sau ngày chốt số liệu.")


def _freeze(
    unit: Unit, at: datetime.datetime, by: User, *, number: int, version: int = 1, reason: str = ""
) -> FrozenReport:
    return freeze_report(
        unit=unit,
        year=at.year,
        number=version,
        day=at.date(),
        paper_number=f"{number}/BC-HKH",
        remarks=_REMARKS,
        reason=reason,
        by=by,
        at=at,
    )


def _send(report: FrozenReport, recipient: str, by: User) -> None:
    way, at = ReportSending.Way.DOCUMENTS, report.frozen_at
    note_sending(report=report, recipient=recipient, way=way, sent_on=report.day, by=by, at=at)


def _officer(commune: Commune) -> User:
    return commune.officer(Role.COMMUNE_OFFICER, commune.association)
