import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import ModelLogEntry

from evaluation.dossiers.actions import (
    answer_finding,
    ask_unit,
    close_finding,
    draw_sample,
    escalate_finding,
    note_finding,
)
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.actions.people import erase_dossiers
from evaluation.dossiers.models import FollowUp, FollowUpFile
from evaluation.dossiers.telling import tell_of_late
from notices.models import Notice
from tests.factories.evaluation import AT, YEAR, another_member, dossier_before_recogniser
from tests.queries import assert_constant_queries

DAY = datetime.timedelta(days=1)
PDF = b"%PDF-1.4 minh chung"


@pytest.fixture
def line(world):
    return doubted(world, world.an)


def doubted(world, user):
    dossier = dossier_before_recogniser(user, world.chi, world.dung)
    sample = draw_sample(
        unit=world.province, year=YEAR, percent=100, seed=f"{user.pk}", stage="in_review", by=world.minh, at=AT
    )
    line = sample.lines.get(dossier=dossier)
    return note_finding(line=line, finding="doubtful", note="Chỉ số 6", by=world.minh, at=AT)


def ask(world, line, **values):
    about = {"words": "Gửi bản gốc", "due_on": AT.date() + 7 * DAY, "by": world.minh, "at": AT}
    return ask_unit(line=line, **about | values)


def test_a_finding_is_asked_answered_and_closed(world, line):
    asked = ask(world, line)
    assert (ask(world, line, words="Lần nữa"), asked.unit, asked.state) == (asked, world.commune, "asked")
    assert Notice.objects.filter(kind="finding-asked", person=world.lan.person).exists()
    with pytest.raises(RefusedError):
        close_finding(follow_up=asked, words="Xong", by=world.minh, at=AT)  # nobody has answered yet
    with pytest.raises(RefusedError):
        answer_finding(follow_up=asked, words=" ", by=world.lan, at=AT)
    answer_finding(follow_up=asked, words="Gửi kèm", by=world.lan, at=AT + DAY)
    assert Notice.objects.get(kind="finding-moved").person == world.minh.person
    for somebody in (world.lan, world.an, world.ha):
        with pytest.raises(PermissionDenied):
            close_finding(follow_up=asked, words="Xong", by=somebody, at=AT + DAY)
    close_finding(follow_up=asked, words="Đã xem", by=world.minh, at=AT + 2 * DAY)
    with pytest.raises(RefusedError):
        escalate_finding(follow_up=asked, words="Chưa được", by=world.minh, at=AT + 3 * DAY)
    assert list(asked.entries.values_list("state", flat=True)) == ["asked", "answered", "closed"]
    acts = ["dossiers.ask_unit", "dossiers.answer_finding", "dossiers.close_finding"]
    assert [ModelLogEntry.objects.filter(action=act).count() for act in acts] == [1, 1, 1]


def test_what_is_taken_above_is_closed_there_by_another_than_who_took_it(world, line):
    asked = ask(world, line)
    escalate_finding(follow_up=asked, words="Quá hạn", by=world.minh, at=AT + 8 * DAY)
    with pytest.raises(PermissionDenied):
        close_finding(follow_up=asked, words="Xong", by=world.minh, at=AT + 9 * DAY)
    close_finding(follow_up=asked, words="Đề nghị thu hồi", by=world.giang, at=AT + 9 * DAY)
    assert not FollowUp.objects.open().exists()


def test_only_a_doubt_is_followed_up_by_a_day_that_lies_ahead_and_never_on_oneself(world, line):
    with pytest.raises(RefusedError):
        ask(world, line, due_on=AT.date() - DAY)
    with pytest.raises(RefusedError):
        ask(world, line, words=" ")
    with pytest.raises(PermissionDenied):
        ask(world, line, by=world.lan)
    note_finding(line=line, finding="confirmed", note="", by=world.minh, at=AT)
    with pytest.raises(RefusedError):
        ask(world, line)


def test_who_is_late_is_told_the_day_after_and_each_week(world, line):
    ask(world, line)
    late = FollowUp.objects.get().due_on
    at = datetime.datetime.combine(late, datetime.time(6, 40), AT.tzinfo)
    assert tell_of_late(at=at) == 0
    told = tell_of_late(at=at + DAY)
    assert told > 1
    assert tell_of_late(at=at + 2 * DAY) == 0
    assert tell_of_late(at=at + 8 * DAY) == told
    assert not Notice.objects.filter(kind="finding-late", person=world.an.person).exists()


def test_the_pages_from_the_sample_to_the_answer_and_its_paper(world, line, client):
    client.force_login(world.minh)
    assert f"/theo-doi/moi/{line.pk}/" in client.get(f"/danh-gia/kiem-tra/{line.sample_id}/").content.decode()
    due = timezone.localdate() + 7 * DAY
    page = client.post(f"/danh-gia/kiem-tra/theo-doi/moi/{line.pk}/", {"words": "Gửi bản gốc", "due_on": due})
    asked = FollowUp.objects.get()
    address = f"/danh-gia/kiem-tra/theo-doi/{asked.pk}/"
    assert page.url == address
    client.force_login(world.lan)
    assert address in client.get("/danh-gia/kiem-tra/theo-doi/").content.decode()
    paper = SimpleUploadedFile("ban-goc.pdf", PDF, "application/pdf")
    assert client.post(address, {"act": "close", "words": "Xong"}).status_code == 422
    client.post(address, {"act": "answer", "words": "Gửi kèm", "first": paper})
    kept = FollowUpFile.objects.get()
    assert b"".join(client.get(f"{address}tep/{kept.pk}/").streaming_content) == PDF
    assert ModelLogEntry.objects.filter(action="dossiers.open_finding_file").count() == 1
    for stranger in (world.an, world.ha):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}tep/{kept.pk}/").status_code == 404
    erase_dossiers(person_ids=[world.an.person_id], at=AT)
    assert not FollowUpFile.objects.exists()
    assert set(asked.entries.values_list("words", flat=True)) == {""}


def test_the_register_asks_no_more_for_more_rows(world, line, client):
    ask(world, line)
    client.force_login(world.giang)

    def more():
        for number in (1, 2):
            ask(world, doubted(world, another_member(world.chapter, number)))

    assert_constant_queries(lambda: client.get("/danh-gia/kiem-tra/theo-doi/"), more)
