"""A whole life on the site: all that one person leaves in it, each kind of row at least once."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, ModelLogEntry, PageSubscription
from wagtail.users.models import UserProfile

from assessments.actions import Given, finish, start
from assessments.models import Attempt, EarlierResult, ExtraTime, Signal, WrittenMark
from evaluation.criteria.models import CriteriaSet, Preview, PreviewLine, SuggestedScores
from evaluation.dossiers.actions import (
    OwnEntry,
    ReviewEntry,
    accept_own_scores,
    forward,
    open_dossier,
    save_own,
    save_review,
    submit,
)
from evaluation.dossiers.models import Appeal, Attendance, Dossier, Meeting
from evaluation.recognition.actions import add_members, draft_decision, open_grouping
from evaluation.registrations.actions import register
from home.demo.answers import right
from intake.models import Import
from learning.calls.actions import call_out, extend, prepare
from learning.calls.actions.calls import Terms
from learning.evidence.actions import declare, observe, seal, withdraw
from learning.evidence.files import inspect
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, NationalRecord
from learning.feedback.actions import ask, say
from learning.sessions.actions import hold_session, move_session, reply
from learning.sessions.models import AttendanceCertificate, Invitee
from learning.tracking.actions import Noted, complete_step, enrol, set_goal, write_note
from learning.tracking.models import Document, Enrolment, Launch, LearnerAlias, Play, PlayResult, PlayState, Statement
from learning.tracking.xapi.clients import learner_agent
from membership.actions import log_file_access, merge_people, print_slip, refuse_slip
from membership.models import (
    Contact,
    ContactKind,
    Membership,
    Person,
    PhoneCode,
    PossibleDouble,
    Role,
    SlipRefusal,
    User,
)
from membership.registries.groups import Chosen
from movement.actions import join, propose
from notices.actions import choose
from notices.actions.feeds import renew_feed
from notices.models import Channel, Delivery, Device, Notice, Preference, Refusal
from papers.codes import new_code
from tests.factories.people import START, PersonFactory, Standing, give_second_factor
from tests.factories.recognition import issue_with_effect
from tests.factories.statements import statement
from tests.factories.way import Way, lay_way, open_course

WORD = "Bồ công anh"  # stands in everything that the person writes, and in what is written about them


def lead_life(standing: Standing) -> Way:
    """An's life: an account in use, learning, evidence with a file, two dossiers, a title, and what stands around."""
    way, now, an = lay_way(standing), timezone.now(), standing.an
    open_course(way)
    _name_account(an)
    Client().force_login(an)
    _use_account(way, now)
    _merge_a_duplicate(way, now)
    _learn(way, now)
    _play(way, now)
    _declare(way, now)
    NationalRecord.objects.create(person=an.person, code="HS-2026-1", given_at=now)
    _comes_to_session(way, now)
    _last_years_title(way, now)
    seal(at=now)
    _around_the_dossier(way, now)
    dossier = open_dossier(person=an.person, year=timezone.localdate(now).year, by=an, at=now)
    save_own(dossier=dossier, entries=[OwnEntry(1, Decimal(7), f"{WORD}: đang viết")], by=an, at=now)
    register(person=an.person, year=dossier.year, by=an, at=now)
    _propose(way, now)
    attached = Evidence.objects.for_person_year(an.person, dossier.year).first()
    dossier.scores.first().evidence.add(attached)
    _is_told(way, now)
    log_file_access(user=standing.chi, person=an.person, what="dossier", at=now)
    slip = print_slip(person=an.person, code=new_code(), by=standing.chi, at=now)
    refuse_slip(slip=slip, reason=SlipRefusal.Reason.YEAR, at=now)
    ModelLogEntry.objects.log_action(instance=an, action="wagtail.edit", user=standing.giang)
    return way


def _propose(way: Way, now: datetime.datetime) -> None:
    an, said = way.standing.an, {"kind": "proposal", "title": f"{WORD}: lớp tối", "text": WORD}
    one, other = (propose(token=uuid.uuid4(), person=an.person, by=an, at=now, **said) for _which in range(2))
    join(proposal=other, to=one, by=way.standing.chi, at=now)


def _use_account(way: Way, now: datetime.datetime) -> None:
    """As somebody who once had an office in the back office."""
    an, course = way.standing.an, way.course
    give_second_factor(an)
    Contact.objects.create(person=an.person, kind=ContactKind.PHONE, value="+84905123456")
    UserProfile.get_for_user(an)
    SocialAccount.objects.create(user=an, provider="sign-on", uid="so-cua-an", extra_data={"acr": "2"})
    kind = {"content_type": ContentType.objects.get_for_model(course), "object_id": str(course.pk)}
    Import.objects.create(kind="questions", name=WORD, created_by=an, created_at=now, moved_at=now)
    APIToken.objects.create(user=an, name=WORD, key_hash="a" * 64, prefix="bo-cong")
    EditingSession.objects.create(user=an, last_seen_at=now, **kind)
    FormState.objects.create(user=an, data={"title": WORD}, last_updated_at=now, **kind)
    PageSubscription.objects.create(user=an, page=course, comment_notifications=True)
    an.groups.add(Group.objects.first() or Group.objects.create(name="Nhóm"))
    an.user_permissions.add(Permission.objects.first())


def _name_account(user: User) -> None:
    """By what no other account's name holds."""
    user.username, user.email = "chi-cua-an", "chi-cua-an@example.vn"
    user.save()
    user.emailaddress_set.update(email=user.email)


def _merge_a_duplicate(way: Way, now: datetime.datetime) -> None:
    duplicate = PersonFactory(full_name="Tran Thi An hai", code="HAI00001")
    Membership.objects.create(person=duplicate, unit=way.standing.chapter, role=Role.MEMBER, valid_from=START)
    _declare_something(way, duplicate, way.standing.dung, now, "của bản ghi trùng")
    PossibleDouble.objects.create(one=way.standing.an.person, other=duplicate, probability=0.9, found_at=now)
    merge_people(duplicate=duplicate, into=way.standing.an.person, by=way.standing.dung, at=now)


def _learn(way: Way, now: datetime.datetime) -> None:
    an = way.standing.an
    enrolment = enrol(person=an.person, course=way.course, by=an, at=now)
    for lesson in way.lessons:
        complete_step(enrolment=enrolment, step=lesson, at=now)
    noted = Noted(part=None, passage="", text=f"{WORD}: ghi cho mình")
    write_note(enrolment=enrolment, step=way.lessons[0], key=uuid.uuid4(), noted=noted, at=now)
    set_goal(person=an.person, days=3, at=now)
    _say_back(way, enrolment, now)
    _is_called(way, now)
    attempt = start(enrolment=enrolment, quiz=way.quiz, by=an, at=now)
    given = [
        Given(response.position, right(response.version.parsed, response.order), 1)
        for response in attempt.responses.select_related("version")
    ]
    finish(attempt=attempt, by=an, at=now, given=given)
    attempt.responses.filter(version__kind="short_text").update(answer=WORD, marks=[1])
    _around_the_attempt(attempt, way, now)


def _is_called(way: Way, now: datetime.datetime) -> None:
    """To the course, by the officer of the chapter, with longer time than the others."""
    chi, today = way.standing.chi, timezone.localdate(now)
    call = prepare(
        token=uuid.uuid4(), unit=way.standing.chapter, kind="course", key=way.course.translation_key,
        group=Chosen("unit:", "Cả chi hội"), terms=Terms(today, today, "Kế hoạch năm"), by=chi, at=now,
    )  # fmt: skip
    call_out(call=call, by=chi, at=now)
    longer = today + datetime.timedelta(days=3)
    extend(called=call.people.get(person=way.standing.an.person), until=longer, why=WORD, by=chi, at=now)


def _comes_to_session(way: Way, now: datetime.datetime) -> None:
    starts, chi = now + datetime.timedelta(days=1), way.standing.chi
    session = hold_session(
        token=uuid.uuid4(), unit=way.standing.chapter, title="Buổi tập huấn", place="Nhà văn hóa", topics=[],
        starts_at=starts, ends_at=starts + datetime.timedelta(hours=2), by=chi, at=now,
    )  # fmt: skip
    reply(session=move_session(session=session, step="announce", by=chi, at=now), is_coming=True, by=way.standing.an,
          at=now)  # fmt: skip
    an = way.standing.an.person
    Invitee.objects.create(session=session, person=an, group_name="Cả đơn vị", invited_at=now)
    AttendanceCertificate.objects.create(session=session, person=an, issued_at=now)


def _is_told(way: Way, now: datetime.datetime) -> None:
    """On the site, by a letter and in their calendar, but nothing at night, and no weekly letter; one came back."""
    person, notice = way.standing.an.person, Notice.objects.filter(person=way.standing.an.person).first()
    night, morning = datetime.time(21), datetime.time(6)
    wanted = {Channel.EMAIL: {Preference.DIGEST: False}}
    choose(person=person, wanted=wanted, quiet_from=night, quiet_until=morning, is_subject_open=False)
    Delivery.objects.create(person=person, channel=Channel.EMAIL, at=now).notices.add(notice)
    Refusal.objects.create(person=person, channel=Channel.EMAIL, address="cu@example.vn", letter="1", at=now)
    PhoneCode.objects.create(user=way.standing.an, code_hash="0" * 64, sent_at=now)
    renew_feed(person=person)
    Device.objects.create(person=person, name="Điện thoại", endpoint="https://push.example.vn/1", added_at=now)


def _say_back(way: Way, enrolment: Enrolment, now: datetime.datetime) -> None:
    an, lesson = way.standing.an, way.lessons[0]
    page = (lesson.translation_key, lesson.title)
    ask(enrolment=enrolment, page=page, text=f"{WORD}: hỏi thêm", can_be_shown=True, by=an, at=now)
    say(person=an.person, page=lesson, is_helpful=False, word=f"{WORD}: chưa rõ", by=an, at=now)


def _around_the_attempt(attempt: Attempt, way: Way, now: datetime.datetime) -> None:
    standing = way.standing
    WrittenMark.objects.create(
        response=attempt.responses.get(version__kind="short_text"), number=1, points=[1], comment=f"{WORD}: nhận xét",
        marked_at=now, marked_by=standing.binh,
    )  # fmt: skip
    EarlierResult.objects.create(
        attempt=attempt, number=1, points=1, is_passed=False, marks={}, replaced_at=now, reason="Đáp án đã sửa."
    )
    Signal.objects.create(attempt=attempt, kind=Signal.Kind.TOO_FAST, noticed_at=now, note=WORD)
    ExtraTime.objects.create(person=standing.an.person, percent=50, granted_at=now, granted_by=standing.binh)


def _play(way: Way, now: datetime.datetime) -> None:
    """A content that kept and reported something, and what stands in the record store."""
    person = way.standing.an.person
    enrolment = Enrolment.objects.get(person=person)
    play = Play.objects.create(
        enrolment=enrolment, activity_key=uuid.uuid4(), activity_title="Thử sức", version_key=uuid.uuid4(),
        main_library="H5P.Test", started_at=now,
    )  # fmt: skip
    PlayState.objects.create(play=play, field="state", value=f'"{WORD}"', saved_at=now)
    PlayResult.objects.create(
        id=uuid.uuid4(), play=play, received_at=now, verb="completed", verdict="accepted", responses=[WORD]
    )
    launch = Launch.objects.create(
        person=person, enrolment=enrolment, activity="https://example.vn/bai/1", registration=uuid.uuid4(),
        token_digest="a" * 64, started_at=now, expires_at=now,
    )  # fmt: skip
    name, _is_new = LearnerAlias.objects.get_or_create(person=person, defaults={"name": uuid.uuid4()})
    Statement.objects.create(
        id=uuid.uuid4(), stored=now, body=statement(actor=learner_agent(name.name)), person=person, launch=launch
    )
    Document.objects.create(
        key=uuid.uuid4(), kind=Document.Kind.STATE, scope=uuid.uuid4(), document_id="state", person=person,
        content=WORD.encode(), content_type="text/plain", etag="a" * 40, updated_at=now,
    )  # fmt: skip


def _declare(way: Way, now: datetime.datetime) -> None:
    an = way.standing.an
    _declare_something(way, an.person, an, now, "kèm tệp", ContentFile(b"%PDF-1.7 thu", name=f"{WORD}.pdf"))
    taken_back = _declare_something(way, an.person, an, now, "rút lại")
    withdraw(evidence=taken_back, reason=f"{WORD}: nhầm", by=an, at=now)
    observe(
        person=an.person, title=f"{WORD}: giúp hàng xóm", text=WORD, occurred_at=now, token=uuid.uuid4(),
        by=way.standing.chi, at=now,
    )  # fmt: skip


def _declare_something(
    way: Way, person: Person, by: User, now: datetime.datetime, title: str, content: Any = None
) -> Evidence:
    upload = inspect(content, limit=1000) if content else None
    return declare(
        person=person, kind=Kind.EXTERNAL_CERTIFICATE, title=f"{WORD} {title}", occurred_at=now,
        details={"issuer": WORD, "code": WORD}, upload=upload, token=uuid.uuid4(), by=by, at=now,
    )  # fmt: skip


def _last_years_title(way: Way, now: datetime.datetime) -> None:
    """Decided with a changed score, its reason, and notes."""
    an, standing = way.standing.an, way.standing
    last = now - datetime.timedelta(days=365)
    dossier = open_dossier(person=an.person, year=timezone.localdate(last).year, by=an, at=last)
    entries = [OwnEntry(number, Decimal(9), f"{WORD} {number}") for number in range(1, 11)]
    save_own(dossier=dossier, entries=entries, by=an, at=last)
    submit(dossier=dossier, by=an, at=last)
    save_review(dossier=dossier, entries=[ReviewEntry(1, Decimal(8), f"{WORD} ít hơn")], by=standing.chi, at=last)
    for officer in (standing.chi, standing.dung):
        accept_own_scores(dossier=dossier, by=officer, at=last)
        forward(dossier=dossier, by=officer, at=last)
    lan, commune = standing.lan, standing.commune
    decision = draft_decision(unit=commune, year=dossier.year, dossiers=[dossier], by=lan, at=last)
    issue_with_effect(
        decision=decision, number="12/QĐ-UBND", signed_on=timezone.localdate(last), signer_name="Nguyễn Thành Công",
        signer_title="CHỦ TỊCH", by=lan, at=last,
    )  # fmt: skip


def _around_the_dossier(way: Way, now: datetime.datetime) -> None:
    """An appeal that was answered, a meeting of a body, a family, and what scoring everyone leaves."""
    standing, person, day = way.standing, way.standing.an.person, timezone.localdate(now)
    dossier = Dossier.objects.get(person=person)
    Appeal.objects.create(
        dossier=dossier, unit=standing.province, reason=f"{WORD}: không chịu", filed_by=standing.an, filed_at=now,
        due_on=day, outcome=Appeal.Outcome.GRANTED, answer=f"{WORD}: xét lại", answered_by=standing.giang,
        answered_at=now, frozen=dossier.frozen,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        step=dossier.chain.steps.first(), unit=standing.chapter, year=dossier.year, held_at=now, place="Nhà văn hóa",
        chair=person, secretary=standing.chi.person, called_by=standing.chi, called_at=now,
    )  # fmt: skip
    Attendance.objects.create(meeting=meeting, person=person, is_present=True)
    family = open_grouping(
        kind="family", name="Gia đình ven sông", place=standing.chapter, valid_from=day, by=standing.dung, at=now
    )
    add_members(grouping=family, codes=[person.code], valid_from=day, by=standing.dung, at=now)
    criteria = CriteriaSet.objects.first()
    figures = {"person": person, "unit": standing.chapter}
    SuggestedScores.objects.create(**figures, year=day.year, criteria_set=criteria, tenths=[50] * 10, total_tenths=500)
    preview = Preview.objects.create(criteria_set=criteria, fingerprint="a" * 64, year=day.year, asked_at=now)
    PreviewLine.objects.create(**figures, preview=preview, after=[50] * 10, difference_tenths=500)
