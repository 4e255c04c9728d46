"""Whom nothing reaches, a secretary tells: no more than a neighbour may hear, and what is ticked counts as told."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from membership.models import Role, User
from notices.actions.saying import tell_by_mouth
from notices.channels import channels
from notices.models import Channel, Delivery, Notice
from notices.mouth import printed, to_tell, with_words
from papers.files import pdf_of
from tests.factories.people import PersonFactory
from tests.notices.kinds import told_about
from tests.queries import assert_constant_queries, count_queries

pytestmark = pytest.mark.django_db
BESIDE_MAIL = [key for key in channels if key != Channel.EMAIL]
PAGE = "/thong-bao/bao-mieng/"
PDF = "/thong-bao/bao-mieng.pdf"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def bach(standing):
    """Of the chapter, without an account."""
    return _member(standing, "Lê Văn Bách")


def _member(standing, name):
    person = PersonFactory(full_name=name)
    person.memberships.create(role=Role.MEMBER, unit=standing.chapter, valid_from="2020-01-01")
    return person


def _told(kind, person, number, at):
    told_about(kind, [type("User", (), {"person_id": person.pk})], number, at=at)


def names(user, at):
    return [person.full_name for person in to_tell(user, at)]


def test_who_has_no_address_is_listed_for_who_assists_them_alone(standing, bach, urgent, now):
    for person in (bach, standing.an.person):
        _told(urgent, person, 1, now)
    assert names(standing.chi, now) == names(standing.dung, now) == ["Lê Văn Bách"]
    assert names(standing.ha, now) == names(standing.an, now) == []
    User.objects.filter(pk=standing.an.pk).update(email="")
    assert set(names(standing.chi, now)) == {"Lê Văn Bách", "Trần Thị An"}
    bach.withdrawn_at = now
    bach.save()
    assert names(standing.chi, now) == ["Trần Thị An"]


@pytest.mark.parametrize("channel", BESIDE_MAIL)
def test_what_a_message_told_needs_no_word_of_mouth(standing, bach, urgent, now, channel):
    for number in (1, 2):
        _told(urgent, bach, number, now)
    first, second = Notice.objects.order_by("key")
    message = Delivery.objects.create(person=bach, channel=channel, state="sent", at=now)
    message.notices.add(first)
    (person,) = with_words(to_tell(standing.chi, now), now)
    assert len(person.to_say) == 1
    message.notices.add(second)
    assert names(standing.chi, now) == []
    for state in ("failed", "uncertain"):
        Delivery.objects.update(state=state)
        assert names(standing.chi, now) == ["Lê Văn Bách"]


def test_only_what_anyone_may_hear_is_said_in_words(standing, bach, urgent, weekly, done, now):
    object.__setattr__(urgent, "is_spoken", True)
    for number in (1, 2):
        _told(urgent, bach, number, now)
        _told(weekly, bach, number, now)
    done.add(1)
    (person,) = with_words(to_tell(standing.chi, now), now)
    assert set(person.to_say) == {"Điều 2 xảy ra.", "Có tin mới cho người này: mời ghé văn phòng Hội."}


def test_what_is_ticked_counts_as_told_and_what_came_since_does_not(standing, bach, urgent, now):
    _told(urgent, bach, 1, now - timedelta(days=2))
    _told(urgent, bach, 2, now)
    said = {"unit": standing.chapter, "people": [bach.pk], "until": now - timedelta(days=1), "at": now}
    assert tell_by_mouth(by=standing.ha, **said) == 0
    assert [tell_by_mouth(by=standing.chi, **said) for _time in range(2)] == [1, 0]
    assert [notice.seen_at for notice in Notice.objects.order_by("key")] == [now, None]
    receipt = Delivery.objects.get()
    assert (receipt.channel, receipt.state, receipt.notices.get().key) == (Channel.MOUTH, "seen", "1")
    assert ModelLogEntry.objects.get(action="notices.told_by_mouth").data == {"people": [bach.pk]}


def test_the_page_ticks_and_prints(client, standing, bach, urgent, now, tmp_path):
    _told(urgent, bach, 1, now - timedelta(hours=1))
    client.force_login(standing.chi)
    assert "Lê Văn Bách" in client.get(PAGE).text
    pdf = client.get(PDF)
    (tmp_path / "list.pdf").write_bytes(pdf.content)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "list.pdf").pages)
    assert "Lê Văn Bách" in text
    assert "☐" in text
    assert ModelLogEntry.objects.filter(action="notices.print_list").exists()
    until = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M")
    client.post(PAGE, {"do": "told", "row": [bach.pk], "until": until})
    assert Notice.objects.get().seen_at


@pytest.mark.parametrize("who", ["an", "binh", "lan", "giang", "minh"])
def test_nobody_else_sees_the_list(client, standing, who):
    client.force_login(getattr(standing, who))
    assert client.get(PAGE).status_code == client.get(PDF).status_code == 404


def test_more_people_ask_no_more(client, standing, bach, urgent, now):
    _told(urgent, bach, 1, now)
    client.force_login(standing.chi)

    def more():
        for number in range(3):
            _told(urgent, _member(standing, f"Người {number}"), number, now)

    assert_constant_queries(lambda: client.get(PAGE), more)
    assert count_queries(lambda: printed(standing.chapter, to_tell(standing.chi, now), now)) <= 4
    assert pdf_of(printed(standing.chapter, to_tell(standing.ha, now), now)).startswith(b"%PDF-")
