"""An officer writes to a group: to their own people alone, after seeing whom it reaches, in measure."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from interface.models import SiteOwner
from interface.owner import remember_owner
from membership.models import Role, TargetGroup, User
from membership.registries.groups import Chosen, handed_over, people_of
from notices.actions import choose, send_urgent
from notices.actions.writing import MOST_A_DAY, write_to
from notices.audience import chosen_rows, reach_of
from notices.models import Circular, Notice, Preference
from notices.notices import LETTER
from tests.factories.people import PersonFactory, add_user, grant
from tests.notices.kinds import FRIDAY, letters
from tests.queries import assert_constant_queries, count_queries

pytestmark = pytest.mark.django_db
WRITE = "/thong-bao/thu/viet/"


@pytest.fixture
def write(standing):
    def written(**said):
        asked = {"token": uuid.uuid4(), "unit": standing.chapter, "group": Chosen("unit:", "Cả chi hội"),
                 "subject": "Họp chi hội", "text": "Mời bà con 19 giờ.\nMang theo sổ.", "by": standing.chi,
                 "at": timezone.now()}  # fmt: skip
        return write_to(**asked | said)

    return written


def form(standing, **changed):
    said = {"unit": standing.chapter.pk, "group": "unit:", "subject": "Họp chi hội", "text": "Mời bà con.",
            "token": str(uuid.uuid4()), "do": "preview"}  # fmt: skip
    return said | changed


def test_each_of_the_group_is_told_once_and_it_is_logged_without_the_words(standing, write):
    token = uuid.uuid4()
    assert write(token=token) == write(token=token)
    told = Notice.objects.filter(kind=LETTER.key)
    assert {notice.person for notice in told} == {standing.an.person, standing.chi.person}
    entry = ModelLogEntry.objects.get(action="notices.write")
    assert entry.data == {"unit": standing.chapter.pk, "people": 2}
    assert "Họp" not in f"{entry.label} {entry.data}"


def test_what_was_changed_after_going_back_is_not_taken_for_sent(standing, write):
    token = uuid.uuid4()
    write(token=token)
    for changed in ({"text": "Dời sang 20 giờ."}, {"by": standing.dung}):  # dung saw the token, and forges the form
        with pytest.raises(ValidationError, match="đã được gửi"):
            write(token=token, **changed)


def test_nobody_writes_beyond_their_reach(standing, write):
    for by, unit in [(standing.chi, standing.association), (standing.ha, standing.chapter),
                     (standing.an, standing.chapter), (standing.lan, standing.chapter)]:  # fmt: skip
        with pytest.raises(PermissionDenied):
            write(by=by, unit=unit)
    foreign = chosen_rows(standing.chi, [standing.ha.person_id])
    with pytest.raises(ValidationError):  # signed, and still nobody of the unit
        write(group=Chosen(foreign, "Đã chọn"))
    assert not Notice.objects.exists()


def test_who_withdrew_gets_none(standing, write):
    standing.an.person.withdrawn_at = FRIDAY
    standing.an.person.save()
    assert write().count == 1
    assert not Notice.objects.filter(person=standing.an.person).exists()


def test_a_unit_writes_so_many_a_day(write):
    for _letter in range(MOST_A_DAY):
        write()
    with pytest.raises(ValidationError):
        write()
    assert Circular.objects.count() == MOST_A_DAY


def test_what_is_handed_over_holds_for_that_officer_alone(standing):
    rows = chosen_rows(standing.chi, [standing.an.person_id])
    assert handed_over(standing.chi, rows).name == "1 người bạn đã chọn"
    assert handed_over(standing.dung, rows) is None
    assert handed_over(standing.chi, "chosen:xyz") is handed_over(standing.chi, "khong:1") is None
    today = timezone.localdate()
    assert list(people_of(rows, standing.chapter, today, by=standing.chi)) == [standing.an.person]


def test_the_preview_says_by_which_way_and_sends_nothing(client, standing):
    hoa = add_user("hoa", "Lê Thị Hoa")
    User.objects.filter(pk=hoa.pk).update(email="")
    grant(hoa, Role.MEMBER, standing.chapter)
    silent = PersonFactory(full_name="Không Tài Khoản")
    silent.memberships.create(role=Role.MEMBER, unit=standing.chapter, valid_from="2020-01-01")
    habits = {"quiet_from": "21:00", "quiet_until": "06:00", "is_subject_open": False}
    choose(person=standing.an.person, wanted={"email": {LETTER.key: False}}, **habits)
    client.force_login(standing.chi)
    page = client.post(WRITE, form(standing))
    reach = page.context["reach"]
    assert (reach.total, reach.by_channel, reach.on_site, reach.by_mouth) == (4, [("Thư điện tử", 1)], 1, 2)
    assert "Không Tài Khoản" in page.text
    assert not Circular.objects.exists()
    assert Preference.objects.exists()


def test_from_the_form_to_the_letter(client, standing):
    SiteOwner.objects.update_or_create(pk=1, defaults={"name": "Hội", "email": "hoi@example.vn", "phone": ""})
    remember_owner()
    client.force_login(standing.chi)
    assert client.post(WRITE, form(standing, text="x" * 2001)).status_code == 422
    assert client.post(WRITE, form(standing, unit=standing.association.pk, do="send")).status_code == 422
    assert client.post(WRITE, form(standing, do="send")).url == "/thong-bao/thu/"
    assert "Họp chi hội" in client.get("/thong-bao/thu/").text
    client.force_login(standing.an)
    assert "Mời bà con." in client.get("/thong-bao/").text
    send_urgent(at=timezone.now().replace(hour=3) + timedelta(days=1))
    letter = next(one for one in letters() if one["To"] == "an@example.vn")
    assert letter["Reply-To"] == "hoi@example.vn"
    assert "Mời bà con." in letter.get_content()
    assert "Họp" not in letter["Subject"]


@pytest.mark.parametrize("who", ["an", "lan", "minh"])
def test_who_may_call_nobody_writes_to_nobody(client, standing, who):
    client.force_login(getattr(standing, who))
    assert client.get(WRITE).status_code == client.post(WRITE, form(standing)).status_code == 404
    assert client.get("/thong-bao/thu/").status_code == 404


def test_officers_of_elsewhere_see_no_letters_of_others(client, standing, write):
    write()
    client.force_login(standing.ha)
    assert "Họp chi hội" not in client.get("/thong-bao/thu/").text


def test_chosen_rows_of_a_list_come_to_the_form(client, standing):
    client.force_login(standing.chi)
    assert reverse("notices:write") in client.get(reverse("membership:slip_people")).text
    page = client.post(WRITE, {"person": [standing.an.person_id, standing.ha.person_id], "do": "write"})
    group = page.context["form"]["group"].value()
    sent = client.post(WRITE, form(standing, group=group))
    assert sent.context["reach"].total == 1
    assert sent.context["names"] == ["Trần Thị An"]


def test_a_page_that_hands_its_people_over_has_them_chosen(client, standing):
    client.force_login(standing.chi)
    page = client.get(f"{WRITE}?nhom=target:{TargetGroup.RESIDENTS}&don-vi={standing.chapter.code}")
    chosen = page.context["form"]
    assert (chosen["group"].value(), chosen["unit"].value()) == ("target:residents", standing.chapter.pk)


def test_the_list_of_letters_asks_no_more_for_more(client, standing, write):
    write()
    client.force_login(standing.chi)
    assert_constant_queries(lambda: client.get("/thong-bao/thu/"), lambda: [write() for _letter in range(3)])


def test_counting_whom_it_reaches_asks_as_much_however_many(standing):
    def asked(unit):
        people = people_of("unit:", unit, timezone.localdate(), by=standing.giang)
        return count_queries(lambda: reach_of(people, LETTER))

    assert asked(standing.chapter) == asked(standing.province)
