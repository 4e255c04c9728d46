"""What became of a letter to a group: by channel how many, and never who."""

import uuid

import pytest

from membership.registries.groups import Chosen
from notices.actions import mark_seen
from notices.actions.saying import tell_by_mouth
from notices.actions.writing import write_to
from notices.channels import channels
from notices.models import Delivery, Notice
from notices.receipts import receipts_of
from tests.factories.people import PersonFactory
from tests.notices.kinds import FRIDAY, told_about
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(standing):
    silent = PersonFactory(full_name="Lê Văn Bách")
    silent.memberships.create(role="member", unit=standing.chapter, valid_from="2020-01-01")
    return write_to(
        token=uuid.uuid4(), unit=standing.chapter, group=Chosen("unit:", "Cả chi hội"), subject="Họp chi hội",
        text="Mời bà con.", by=standing.chi, at=FRIDAY,
    )  # fmt: skip


def delivered(notice, channel, state):
    row = Delivery.objects.create(person=notice.person, channel=channel, state=state, at=FRIDAY)
    row.notices.add(notice)


def of_channel(letter, key):
    """Its numbers that are more than none."""
    rows = {label: dict(numbers) for label, numbers in receipts_of(letter).by_channel}
    numbers = rows.get(str(channels[key].key.label), {})
    return {Delivery.State(state): n for state in Delivery.State if (n := numbers.get(str(state.label)))}


@pytest.mark.parametrize("state", ["queued", "sent", "uncertain", "failed"])
@pytest.mark.parametrize("key", list(channels))
def test_what_a_channel_did_is_counted_there_until_it_is_read(standing, letter, urgent, tell_an, key, state):
    notice = letter.notices.get(person=standing.an.person)
    delivered(notice, key, state)
    tell_an(urgent)
    delivered(Notice.objects.get(kind=urgent.key), key, "sent")  # of something else
    assert [of_channel(letter, one) for one in channels] == [{state: 1} if one == key else {} for one in channels]
    mark_seen(notice=notice, at=FRIDAY)
    assert of_channel(letter, key) == {"seen": 1}
    assert receipts_of(letter).seen == 1


def test_what_is_to_come_and_what_was_said_at_the_door_is_counted_apart(standing, letter):
    people = list(letter.notices.values_list("person", flat=True))
    assert (letter.count, receipts_of(letter).to_come) == (3, 3)
    tell_by_mouth(unit=standing.chapter, people=people, until=FRIDAY, by=standing.chi, at=FRIDAY)
    mark_seen(notice=letter.notices.get(person=standing.an.person), at=FRIDAY)
    told = receipts_of(letter)
    assert (told.to_come, told.seen, told.by_mouth) == (1, 1, 1)
    letter.notices.update(passed_on_at=FRIDAY)
    assert receipts_of(letter).to_come == 0


def test_the_page_tells_numbers_to_who_may_write_there_and_never_who(client, standing, letter):
    delivered(letter.notices.get(person=standing.an.person), "sms", "failed")
    page = f"/thong-bao/thu/{letter.pk}/"
    client.force_login(standing.chi)
    assert page in client.get("/thong-bao/thu/").text
    text = client.get(page).text
    assert "Viết cho 3 người" in text
    assert "SMS" in text
    assert "Zalo" not in text  # neither set up nor used
    assert "Trần Thị An" not in text
    assert "Lê Văn Bách" not in text
    for who in ("an", "ha", "lan", "minh"):
        client.force_login(getattr(standing, who))
        assert client.get(page).status_code == 404


def test_more_receipts_ask_no_more(client, standing, letter, urgent):
    client.force_login(standing.chi)

    def more():
        for notice in letter.notices.all():
            for key in channels:
                delivered(notice, key, "sent")
        told_about(urgent, [standing.an])

    assert_constant_queries(lambda: client.get(f"/thong-bao/thu/{letter.pk}/"), more)
