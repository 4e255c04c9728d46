import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.calls.models import OWN_LIST, Call
from membership.people_sheet import Refusal
from notices.models import Notice
from tests.factories.evaluation import member_without_account
from tests.learning.calls.test_actions import names
from tests.learning.calls.test_views import as_user, form
from tests.learning.sessions.test_attendance import sheet
from tests.queries import assert_constant_queries


@pytest.fixture
def own(client, school):
    """The draft of a call with nobody on it yet, by the commune's officer."""
    officer = as_user(client, school.standing.dung)
    officer.post("/loi-goi-hoc/moi/", form(school, group=OWN_LIST, unit=school.standing.association.pk))
    return Call.objects.get()


def test_a_file_is_tried_first_and_says_of_each_line_why_it_is_left_out(client, own, school):
    an, chi = school.standing.an.person, school.standing.chi.person
    chi.withdrawn_at = timezone.now()
    chi.save()
    lines = [["Mã", "Họ và tên"], [an.code, ""], ["", "Trần Thị An"], ["", "Người Lạ"], [chi.code, ""],
             [school.standing.ha.person.code, ""]]  # fmt: skip
    page = client.post(reverse("calls:sheet", args=[own.pk]), {"file": sheet(lines)}, follow=True)
    said = [line.reasons[0] if line.outcome == "skip" else line.outcome for line in page.context["table"].page]
    assert said == [
        "create",
        *(one.label for one in (Refusal.TWICE, Refusal.UNKNOWN, Refusal.WITHDREW, Refusal.UNKNOWN)),
    ]
    assert names(own) == set()

    plan = page.redirect_chain[-1][0]
    for _twice in range(2):
        page = client.post(plan, {"way": "apply"}, follow=True)
    assert names(own) == {"Trần Thị An"}
    client.post(reverse("calls:act", args=[own.pk]), {"do": "call"})
    assert Notice.objects.get(kind="call-made").person == an


def test_chosen_people_come_onto_a_call_of_their_unit_and_nobody_else(client, own, school):
    everybody = [getattr(school.standing, name).person_id for name in ("an", "chi", "ha")]
    page = client.post("/loi-goi-hoc/nguoi/", {"person": everybody})
    assert page.status_code == 200
    assert "Nguyễn Thị Hà" not in page.content.decode()
    for _twice in range(2):
        client.post("/loi-goi-hoc/nguoi/", {"person": everybody, "call": own.pk})
    assert names(own) == {"Trần Thị An", "Phạm Thị Chi"}


def test_the_list_of_people_leads_there(client, own):
    page = client.get(reverse("membership:slip_people"))
    assert 'formaction="/loi-goi-hoc/nguoi/"' in page.content.decode()


@pytest.mark.parametrize("who", ["an", "chi", "lan", "ha"])
def test_nobody_adds_people_to_a_call_beyond_their_units(client, own, school, who):
    somebody = as_user(client, getattr(school.standing, who))
    assert somebody.get(reverse("calls:sheet", args=[own.pk])).status_code == 404
    somebody.post("/loi-goi-hoc/nguoi/", {"person": [school.standing.an.person_id], "call": own.pk})
    assert names(own) == set()


def test_what_is_no_key_is_passed_over(client, own):
    sent = {"person": ["x", "1' OR 1", "9" * 39], "call": str(uuid.uuid4())}
    assert client.post("/loi-goi-hoc/nguoi/", sent).status_code == 422


def test_no_query_grows_with_the_chosen(client, own, school):
    people = [school.standing.an.person_id]
    assert_constant_queries(
        lambda: client.post("/loi-goi-hoc/nguoi/", {"person": people}),
        lambda: people.extend(member_without_account(school.standing.chapter).pk for _one in range(3)),
    )
