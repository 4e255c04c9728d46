import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.calls.models import Call
from membership.registries.groups import handed_over, people_of
from tests.factories.people import PersonFactory
from tests.learning.calls.conftest import TODAY
from tests.queries import assert_constant_queries


def as_user(client, user):
    client.force_login(user)
    return client


def form(school, **changed):
    said = {"what": f"course:{school.course.translation_key}", "unit": school.standing.chapter.pk, "group": "unit:",
            "first_day": TODAY.isoformat(), "last_day": (TODAY + datetime.timedelta(days=7)).isoformat(),
            "reason": "Trước kỳ xét", "paper_number": "", "token": str(uuid.uuid4())}  # fmt: skip
    return said | changed


ALLOWED = {"binh", "chi", "dung", "giang"}


@pytest.mark.parametrize("who", ["an", "binh", "chi", "dung", "lan", "giang", "minh", "ha"])
def test_who_may_call_whom(client, school, who):
    call, somebody = school.call(), as_user(client, getattr(school.standing, who))
    page, change, act = (reverse(f"calls:{name}", args=[call.pk]) for name in ("call", "change", "act"))
    statuses = [somebody.get(page).status_code, somebody.get(change).status_code]
    assert statuses == ([200, 200] if who in ALLOWED else [404, 404])
    somebody.post(act, {"do": "cancel"})
    assert (Call.objects.get().state == "cancelled") == (who in ALLOWED)
    opens = who in ALLOWED or who == "ha"
    assert somebody.get("/loi-goi-hoc/").status_code == (200 if opens else 404)
    assert somebody.get("/loi-goi-hoc/moi/").status_code == (200 if opens else 404)
    if who == "ha":  # an officer, of another commune
        assert somebody.post("/loi-goi-hoc/moi/", form(school)).status_code == 422
        assert "Học bộ tiêu chí" not in somebody.get("/loi-goi-hoc/").content.decode()


def test_from_the_form_to_the_learners_page(client, school):
    officer = as_user(client, school.standing.chi)
    bad = officer.post("/loi-goi-hoc/moi/", form(school, last_day="2020-01-01"))
    assert bad.status_code == 422
    assert "Trước kỳ xét" in bad.content.decode()
    made = officer.post("/loi-goi-hoc/moi/", form(school))
    call = Call.objects.get()
    assert "Trần Thị An" in officer.get(made.url).content.decode()
    officer.post(reverse("calls:act", args=[call.pk]), {"do": "call"})

    day = f"{call.last_day:%d/%m/%Y}"
    learner = as_user(client, school.standing.an)
    assert day in learner.get("/hoc-tap/").content.decode()
    learner.post("/hoc-tap/bo-tieu-chi/ghi-danh/")
    assert f"Đến hết ngày {day}" in learner.get("/hoc-tap/bo-tieu-chi/").content.decode()
    school.finish(school.standing.an)
    assert day not in learner.get("/hoc-tap/").content.decode()

    officer = as_user(client, school.standing.chi)
    page = officer.get(made.url + "?tinh_trang=xong")
    assert [row.row.person.full_name for row in page.context["table"].lines] == ["Trần Thị An"]
    assert officer.get(made.url + "?export=csv").status_code == 200


def test_people_get_longer_from_the_list(client, school):
    call = school.call()
    called = call.people.get(person=school.standing.an.person)
    until = call.last_day + datetime.timedelta(days=5)
    said = {"do": "extend", "row": called.pk, "until": until.isoformat(), "why": "Ốm"}
    as_user(client, school.standing.chi).post(reverse("calls:call", args=[call.pk]), said)
    called.refresh_from_db()
    assert called.last_day == until


def test_the_list_has_each_call_and_the_way_to_a_new_one(client, school):
    call = school.call()
    page = as_user(client, school.standing.chi).get("/loi-goi-hoc/").content.decode()
    assert f'href="/loi-goi-hoc/{call.pk}/"' in page
    assert 'href="/loi-goi-hoc/moi/"' in page
    assert "/loi-goi-hoc/lop/" not in page  # she teaches none


def test_no_query_grows_with_the_people(client, school):
    call = school.call()
    officer = as_user(client, school.standing.chi)
    address = reverse("calls:call", args=[call.pk])

    def more():
        for person in PersonFactory.create_batch(3):
            call.people.create(person=person)

    assert_constant_queries(lambda: officer.get(address), more)


def test_an_officer_writes_to_who_has_not_done_it(client, school):
    call, today = school.call(), timezone.localdate()
    officer = as_user(client, school.standing.chi)
    group = f"called:{call.pk}"
    assert f"nhom={group}" in officer.get(reverse("calls:call", args=[call.pk])).text
    assert handed_over(school.standing.chi, group)
    assert handed_over(school.standing.ha, group) is handed_over(school.standing.chi, "called:x") is None
    school.finish(school.standing.an)
    waiting = people_of(group, school.standing.chapter, today, by=school.standing.chi)
    assert [person.full_name for person in waiting] == ["Phạm Thị Chi"]
