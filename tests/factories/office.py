"""What officers keep beside a person's life: an inspection followed up, a breach, a request, a frozen report, a class,
a session with its papers, a package."""

from __future__ import annotations

import datetime
import io
import uuid
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from assessments.actions.figures import keep_file
from evaluation.dossiers.actions import (
    OwnEntry,
    answer_finding,
    ask_unit,
    draw_sample,
    note_finding,
    open_dossier,
    save_own,
    submit,
)
from evaluation.dossiers.models import Dossier, InspectedDossier
from evaluation.reporting.actions import freeze_report
from learning.calls.actions import appoint
from learning.calls.models import Call
from learning.evidence.actions import seal
from learning.evidence.files import Upload, inspect
from learning.sessions.actions import add_material, hold_session, move_session
from learning.tracking.actions import make_credential
from learning.tracking.models import Scope
from membership.actions import accept_consent, load_consent_texts
from membership.models import Membership, PossibleDouble, Role, User
from membership.registries.groups import Chosen
from movement.actions import (
    Said,
    add_paper,
    answer,
    load_template,
    open_plan,
    propose,
    publish,
)
from notices.actions.writing import write_to
from privacy.actions import Facts, file_request, record_breach
from tests.factories.packages import let_in, package
from tests.factories.people import START, PersonFactory, add_user, grant
from tests.factories.way import Way

PDF = b"%PDF-1.7 thu"


def keep_office(way: Way) -> None:
    now = timezone.now()
    _inspect(way, now)
    _help(way, now)
    _protect(way, now)
    _report(way, now)
    _teach(way, now)
    _hold(way, now)
    _propose(way, now)
    _plan(way, now)
    _administer(way, now)
    seal(at=now)  # after that of an earlier time: each is shown to contain the one before


def _inspect(way: Way, now: datetime.datetime) -> None:
    giang, dung, year = way.standing.giang, way.standing.dung, Dossier.objects.filter(decided_at__isnull=False)[0].year
    sample = draw_sample(unit=way.standing.province, year=year, percent=100, by=giang, at=now, seed="1")
    line = sample.lines.first()
    doubtful = InspectedDossier.Finding.DOUBTFUL
    line = note_finding(line=line, finding=doubtful, note="Chưa thấy minh chứng", by=giang, at=now)
    asked = ask_unit(line=line, words="Xem lại chỉ số 3", due_on=timezone.localdate(now), by=giang, at=now)
    answer_finding(follow_up=asked, words="Đã xem lại", files=[_file("tra-loi.pdf")], by=dung, at=now)


def _help(way: Way, now: datetime.datetime) -> None:
    """Somebody without an account, whose dossier an officer opens, who may be on record twice; and another's, which
    waits."""
    person = PersonFactory(full_name="Nguyễn Văn Tư", code="TU000001")
    Membership.objects.create(person=person, unit=way.standing.chapter, role=Role.MEMBER, valid_from=START)
    PossibleDouble.objects.create(one=way.standing.an.person, other=person, probability=0.9, found_at=now)
    open_dossier(person=person, year=timezone.localdate(now).year, by=way.standing.chi, at=now)
    waits = add_user("xuan", "Mai Thị Xuân")
    grant(waits, Role.MEMBER, way.standing.chapter)
    dossier = open_dossier(person=waits.person, year=timezone.localdate(now).year, by=waits, at=now)
    entries = [OwnEntry(number, Decimal(8)) for number in range(1, 11)]
    submit(dossier=save_own(dossier=dossier, entries=entries, by=waits, at=now), by=waits, at=now)


def _protect(way: Way, now: datetime.datetime) -> None:
    record_breach(
        facts=Facts(
            happened="Gửi nhầm danh sách", noticed_at=now, affected="Họ tên", people=12, units=(), consequences="",
            measures="",
        ),
        by=way.standing.giang, at=now,
    )  # fmt: skip
    file_request(person=way.standing.an.person, kind="take_along", words="Xin bản sao", by=way.standing.an, at=now)


def _report(way: Way, now: datetime.datetime) -> None:
    day = timezone.localdate(now)
    freeze_report(unit=way.standing.association, year=day.year, number=1, day=day, by=way.standing.dung, at=now)


def _teach(way: Way, now: datetime.datetime) -> None:
    """A class, and a letter to the chapter."""
    chapter, chi = way.standing.chapter, way.standing.chi
    appoint(call=Call.objects.get(), teacher=way.standing.binh, by=chi, at=now)
    write_to(
        token=uuid.uuid4(), unit=chapter, group=Chosen("unit:", "Cả chi hội"), subject="Tuần sau", text="Mời dự lớp.",
        by=chi, at=now,
    )  # fmt: skip


def _hold(way: Way, now: datetime.datetime) -> None:
    """Open to everybody, with a paper and a link."""
    starts, chi = now + datetime.timedelta(days=3), way.standing.chi
    session = hold_session(
        token=uuid.uuid4(), unit=way.standing.chapter, title="Nói chuyện về sách", place="Thư viện", topics=[],
        is_public=True, starts_at=starts, ends_at=starts + datetime.timedelta(hours=2), by=chi, at=now,
    )  # fmt: skip
    add_material(session=session, stage="before", title="Sách nên đọc", upload=_file("sach.pdf"), by=chi, at=now)
    move_session(session=session, step="announce", by=chi, at=now)


def _propose(way: Way, now: datetime.datetime) -> None:
    said = {"kind": "proposal", "title": "Mở lớp buổi tối", "text": "Nhiều người làm ban ngày."}
    an, chi = way.standing.an, way.standing.chi
    first, _waits = (propose(token=uuid.uuid4(), person=an.person, by=an, at=now, **said) for _which in range(2))
    done = answer(proposal=first, said=Said("Mở từ tháng 3"), by=chi, at=now)
    publish(proposal=done, words="Đề nghị mở lớp buổi tối", by=chi, at=now)


def _plan(way: Way, now: datetime.datetime) -> None:
    load_template(by=None, at=now)
    chapter, chi = way.standing.chapter, way.standing.chi
    plan = open_plan(unit=chapter, year=timezone.localdate(now).year, begins_with="template", by=chi, at=now)
    add_paper(task=plan.tasks.first(), upload=_file("bien-ban.pdf"), by=chi, at=now)


def _administer(way: Way, now: datetime.datetime) -> None:
    administrator = add_user("quyen", "Cao Thị Quyên", is_superuser=True)
    let_in(package(), by=way.standing.binh, administrator=administrator)
    texts = [text for text in load_consent_texts(by=None, at=now) if text.about.is_needed]
    for user in User.objects.exclude(person=None):
        for text in texts:
            accept_consent(person=user.person, text=text, by=user, at=now)
    make_credential(name="Hệ thống của tỉnh", scopes=[Scope.READ_STATEMENTS], by=administrator, at=now)
    keep_file(name="bieu-do.png", content=_picture(), by=way.standing.binh, at=now)


def _file(name: str) -> Upload:
    return inspect(ContentFile(PDF, name=name), limit=1_000)


def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    return drawn.getvalue()
