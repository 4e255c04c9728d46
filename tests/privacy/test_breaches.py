"""The register of breaches: hours run from when one was noticed, only the province sees it, nothing is lost."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from home.landing import next_steps
from membership.models import User
from notices.models import Notice
from privacy.actions import (
    Facts,
    amend_breach,
    close_breach,
    keep_terms,
    record_breach,
    remind_of_breaches,
    tell_of_breach,
)
from privacy.models import Breach, BreachNotice, Clock, Term, Told
from tests.factories.people import add_user
from tests.queries import assert_constant_queries

REGISTER = "/du-lieu-ca-nhan/vi-pham/"
HOUR = datetime.timedelta(hours=1)
NOTICED = datetime.datetime(2026, 11, 28, 9, tzinfo=datetime.UTC)  # a Saturday: hours run on days off too
KNOWN = Facts(
    happened="Gửi nhầm danh sách", noticed_at=NOTICED, affected="Họ tên, điện thoại", people=12, units=(),
    consequences="", measures="",
)  # fmt: skip


def more(**known):
    return Facts(**vars(KNOWN) | known)


@pytest.fixture
def breach(standing):
    return record_breach(facts=KNOWN, by=standing.giang, at=NOTICED + HOUR)


def tell(breach, by, told=Told.AUTHORITY, after=2):
    moment = NOTICED + after * HOUR
    return tell_of_breach(breach=breach, told=told, told_at=moment, words="Công văn 12", by=by, at=moment)


def test_the_hours_run_from_when_it_was_noticed_and_are_the_provinces(standing, breach):
    assert breach.due_at == NOTICED + 72 * HOUR
    assert [breach.hours_left(NOTICED + hours * HOUR) for hours in (1, 72, 75)] == [71, 0, -3]
    term = Term.objects.get(clock=Clock.BREACH)
    keep_terms(numbers={term: (48, False)}, holidays={}, by=standing.giang, at=NOTICED)
    later = record_breach(facts=more(happened="Mất máy"), by=standing.giang, at=NOTICED)
    assert later.due_at == NOTICED + 48 * HOUR
    moved = more(noticed_at=NOTICED - HOUR)
    amend_breach(breach=breach, facts=moved, seen=breach.changed_at, by=standing.giang, at=NOTICED)
    breach.refresh_from_db()
    assert breach.due_at == NOTICED + 71 * HOUR


def test_what_runs_out_first_stands_first_in_the_register(standing, breach):
    newer = record_breach(facts=more(noticed_at=NOTICED + HOUR), by=standing.giang, at=NOTICED + HOUR)
    told = record_breach(facts=more(noticed_at=NOTICED - HOUR), by=standing.giang, at=NOTICED)
    tell(told, standing.giang)
    assert list(Breach.objects.for_register(standing.giang)) == [breach, newer, told]


def test_it_is_entered_once_and_never_of_the_future(standing, breach):
    assert record_breach(facts=KNOWN, by=standing.giang, at=NOTICED + HOUR) == breach
    with pytest.raises(ValidationError):
        record_breach(facts=more(noticed_at=NOTICED + HOUR), by=standing.giang, at=NOTICED)
    Term.objects.filter(clock=Clock.BREACH).delete()
    with pytest.raises(ValidationError):
        record_breach(facts=more(happened="Khác"), by=standing.giang, at=NOTICED)


def test_people_are_counted_by_units_each_once(standing):
    units = (standing.association, standing.chapter)
    counted = record_breach(facts=more(people=None, units=units), by=standing.giang, at=timezone.now())
    assert counted.people == 3  # An, Chi, Dũng


def test_states_follow_each_other_and_what_is_closed_stays(standing, breach):
    giang = standing.giang
    tell(breach, giang, Told.PEOPLE)
    breach.refresh_from_db()
    assert breach.state == Breach.State.OPEN
    assert tell(breach, giang) == tell(breach, giang)
    breach.refresh_from_db()
    assert (breach.state, breach.hours_left(NOTICED)) == (Breach.State.NOTIFIED, None)
    with pytest.raises(ValidationError):
        tell(breach, giang, after=-1)
    with pytest.raises(ValidationError):
        close_breach(breach=breach, conclusion=" ", by=giang, at=NOTICED)
    close_breach(breach=breach, conclusion="Đã thu hồi", by=giang, at=NOTICED + 9 * HOUR)
    for refused in (
        lambda: tell(breach, giang, after=10),
        lambda: amend_breach(breach=breach, facts=KNOWN, seen=breach.changed_at, by=giang, at=NOTICED + HOUR),
        lambda: close_breach(breach=breach, conclusion="Nữa", by=giang, at=NOTICED),
    ):
        with pytest.raises(ValidationError):
            refused()
    assert breach.notices.count() == 2
    with pytest.raises(ProtectedError):
        breach.delete()
    logged = ModelLogEntry.objects.filter(action__startswith="privacy.").values_list("action", flat=True)
    assert sorted(logged) == [
        "privacy.close_breach", "privacy.record_breach", "privacy.tell_of_breach", "privacy.tell_of_breach"
    ]  # fmt: skip


def test_it_cannot_have_been_noticed_after_somebody_was_told(standing, breach):
    tell(breach, standing.giang, after=2)
    breach.refresh_from_db()
    later = more(noticed_at=NOTICED + 3 * HOUR)
    with pytest.raises(ValidationError):
        amend_breach(breach=breach, facts=later, seen=breach.changed_at, by=standing.giang, at=NOTICED + 9 * HOUR)
    assert Breach.objects.get().noticed_at == NOTICED


def test_two_officers_do_not_overwrite_each_other(standing, breach):
    seen = breach.changed_at
    amend_breach(breach=breach, facts=more(people=40), seen=seen, by=standing.giang, at=NOTICED + 2 * HOUR)
    with pytest.raises(ValidationError):
        amend_breach(breach=breach, facts=more(people=5), seen=seen, by=standing.giang, at=NOTICED + 3 * HOUR)
    assert Breach.objects.get().people == 40


@pytest.mark.parametrize("who", ["an", "binh", "chi", "dung", "lan", "minh", "ha"])
def test_nobody_else_sees_or_changes_it(standing, breach, client, who):
    user = getattr(standing, who)
    for refused in (
        lambda: record_breach(facts=KNOWN, by=user, at=timezone.now()),
        lambda: amend_breach(breach=breach, facts=KNOWN, seen=breach.changed_at, by=user, at=timezone.now()),
        lambda: tell(breach, user),
        lambda: close_breach(breach=breach, conclusion="Xong", by=user, at=timezone.now()),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    client.force_login(user)
    own = f"{REGISTER}{breach.pk}/"
    for address in (REGISTER, f"{REGISTER}moi/", own, f"{own}sua/", f"{own}thong-bao.pdf", f"{own}cho-nguoi-dan.txt"):
        assert client.get(address).status_code == 404
    assert not any("vi phạm" in step.title for step in next_steps(user, timezone.now()))


def test_who_may_tell_is_reminded_while_nobody_was_told(standing, breach):
    add_user("quantri", "Dương Quốc Quản", is_superuser=True)
    assert remind_of_breaches(at=NOTICED + 70 * HOUR) == 2
    assert remind_of_breaches(at=NOTICED + 70.5 * HOUR) == 0
    told = Notice.objects.filter(kind="breach-untold")
    assert {notice.person for notice in told} == {standing.giang.person, User.objects.get(username="quantri").person}
    assert all(notice.address == f"{REGISTER}{breach.pk}/" and "danh sách" not in notice.words for notice in told)
    assert "1 vụ vi phạm" in next_steps(standing.giang, NOTICED + 70 * HOUR)[0].title
    tell(breach, standing.giang)
    assert remind_of_breaches(at=NOTICED + 70 * HOUR) == 0


def test_the_database_refuses_to_take_anything_out(standing, breach):
    tell(breach, standing.giang)
    for rows in (Breach.objects.all(), BreachNotice.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete(using="default")
    with pytest.raises(IntegrityError), transaction.atomic():
        BreachNotice.objects.update(words="Khác")
    assert (Breach.objects.count(), BreachNotice.objects.count()) == (1, 1)


def test_an_officer_walks_through_the_pages(standing, client):
    client.force_login(standing.giang)
    sent = {"happened": "Mất máy tính", "noticed_at": "2026-12-01T08:00", "affected": "Họ tên",
            "units": "Chi hội khối phố 1\nTiên Phước", "people": "7"}  # fmt: skip
    refused = client.post(f"{REGISTER}moi/", sent | {"units": "Không đâu"})
    assert refused.status_code == 422
    assert "Mất máy tính" in refused.content.decode()
    assert client.post(f"{REGISTER}moi/", sent | {"units": "Chi hội khối phố 1"}).status_code == 302
    breach = Breach.objects.get()
    assert list(breach.units.all()) == [standing.chapter]
    own = f"{REGISTER}{breach.pk}/"
    form = client.get(f"{own}sua/").context["form"]
    known = {name: form[name].value() for name in form.fields} | {"noticed_at": "2026-12-01T08:00"}
    client.post(f"{own}sua/", known | {"measures": "Khóa tài khoản"})
    said = client.get(own).content.decode()
    assert "Khóa tài khoản" in said
    assert client.post(own, {"told": "authority", "told_at": "", "words": ""}).status_code == 422
    client.post(own, {"told": "authority", "told_at": "2026-12-01T10:00", "words": "Công văn số 12"})
    assert client.post(own, {"conclusion": "Đã tìm thấy"}).status_code == 302
    assert Breach.objects.get().state == Breach.State.CLOSED
    assert "Đã tìm thấy" in client.get(own).content.decode()


def test_the_notices_say_what_is_known(standing, breach, client):
    client.force_login(standing.giang)
    own = f"{REGISTER}{breach.pk}/"
    pages = PdfReader(io.BytesIO(client.get(f"{own}thong-bao.pdf").content)).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Gửi nhầm danh sách" in said
    assert "16 giờ 00, ngày 28 tháng 11 năm 2026" in said
    assert "Lý do thông báo sau thời hạn" in said
    assert client.get(f"{own}thong-bao.docx").content[:2] == b"PK"
    assert "Dữ liệu bị ảnh hưởng: Họ tên, điện thoại" in client.get(f"{own}cho-nguoi-dan.txt").content.decode()


def test_the_register_asks_no_more_for_more_entries(standing, breach, client):
    client.force_login(standing.giang)
    assert_constant_queries(
        lambda: client.get(REGISTER),
        lambda: [record_breach(facts=more(happened=f"Vụ {n}"), by=standing.giang, at=NOTICED) for n in range(3)],
    )
