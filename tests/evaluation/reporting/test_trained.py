import datetime
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from evaluation.criteria.models import CriteriaSet
from evaluation.reporting.definitions import CRITERIA_TOPIC
from evaluation.reporting.figures import figures
from evaluation.reporting.trained import UNTRAINED, people_trained
from learning.evidence.actions import record, withdraw
from learning.evidence.kinds import Kind
from learning.evidence.models import Verification
from learning.sessions.actions import How, hold_session, note_attendance
from membership.models import TargetGroupPeriod
from membership.registries.groups import people_of
from tests.factories.evaluation import member_without_account
from tests.factories.evidence import a_fact
from tests.queries import assert_constant_queries


def train(person, **changes):
    now = timezone.now()
    record(fact=a_fact(person, occurred_at=now, topics=(CRITERIA_TOPIC,), **changes), by=None, at=now)


def trained(unit):
    return {row.person.full_name for row in people_trained(unit, timezone.localdate()) if row.has_studied}


def figure(unit):
    return next(one for one in figures(unit, timezone.localdate().year) if one.definition.key == "studied_criteria")


@pytest.mark.parametrize("kind", [Kind.COURSE_COMPLETED, Kind.QUIZ_PASSED, Kind.ATTENDANCE])
def test_list_and_figure_are_one(world, kind):
    train(world.an.person, kind=kind)
    train(world.chi.person, kind=Kind.ATTENDANCE, verification=Verification.NONE)  # says so of herself
    rows = list(people_trained(world.province, timezone.localdate()))
    assert trained(world.province) == {"Trần Thị An"}
    whole = figure(world.province)
    assert (whole.numerator, whole.denominator) == (1, len(rows))
    assert next(row for row in rows if row.has_studied).trained_on == timezone.localdate()


@pytest.mark.parametrize("says_group", [True, False])
def test_a_new_set_starts_anew(world, says_group):
    """Whoever says no target group is judged as a resident, here too."""
    train(world.an.person)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    period = TargetGroupPeriod.objects.get(person=world.an.person)
    group = period.group
    if not says_group:
        period.delete()
    CriteriaSet.objects.filter(group=group).update(valid_from=tomorrow)
    assert trained(world.chapter) == {"Trần Thị An"}  # no set judges them today
    rows = people_trained(world.chapter, tomorrow)
    assert not any(row.has_studied for row in rows)


def test_those_missing_are_a_group_that_is_called(world):
    train(world.an.person)
    missing = people_of(UNTRAINED, world.chapter, timezone.localdate(), by=world.chi)
    assert [person.full_name for person in missing] == ["Phạm Thị Chi"]


@pytest.mark.parametrize(
    ("name", "sees"),
    [("chi", "names"), ("dung", "names"), ("giang", "names"), ("lan", "shares"), ("minh", "shares"), ("an", ""),
     ("binh", ""), ("ha", "")],
)  # fmt: skip
def test_names_are_for_who_may_see_them_and_are_logged(world, client, name, sees):
    client.force_login(getattr(world, name))
    address = reverse("reporting:trained", args=[world.chapter.code])
    answer = client.get(address)
    assert answer.status_code == (200 if sees else 404)
    assert (sees == "names") == ("Trần Thị An" in answer.content.decode())
    assert ModelLogEntry.objects.filter(action="reporting.see_names").exists() == (sees == "names")
    if sees:
        assert (b"nhom=untrained" in answer.content) == (sees == "names")
        taken = b"".join(client.get(address + "?export=csv")).decode()
        assert ("Trần Thị An" in taken) == (sees == "names")


def test_who_restricted_their_data_is_on_no_list(world, client):
    person = world.an.person
    person.restricted_at = timezone.now()
    person.save()
    client.force_login(world.chi)
    page = client.get(reverse("reporting:trained", args=[world.chapter.code])).content.decode()
    assert "Trần Thị An" not in page


def test_no_query_grows_with_the_people(world, client):
    client.force_login(world.dung)
    address = reverse("reporting:trained", args=[world.association.code])

    def more():
        for _number in range(3):
            member_without_account(world.chapter)

    assert_constant_queries(lambda: client.get(address), more)


def test_a_very_large_unit_names_only_whom_one_looks_for(world, client, monkeypatch):
    monkeypatch.setattr("evaluation.reporting.views.trained.MOST_NAMED", 1)
    client.force_login(world.chi)
    address = reverse("reporting:trained", args=[world.chapter.code])
    page = client.get(address)
    assert "Trần Thị An" not in page.content.decode()
    assert page.context["is_too_large"]
    assert "Ở đây không ai được tính" not in page.content.decode()
    assert not ModelLogEntry.objects.filter(action="reporting.see_names").exists()
    assert "Trần Thị An" in client.get(address + "?q=an").content.decode()
    assert 'href="?export=csv"' in page.content.decode()
    assert "Trần Thị An" in b"".join(client.get(address + "?export=csv")).decode()


def attended(world, *people):
    """A session on the criteria, an hour ago, with those people noted from a list."""
    now = timezone.now()
    session = hold_session(
        token=uuid.uuid4(), unit=world.association, title="Học bộ tiêu chí", place="Nhà văn hóa",
        starts_at=now - datetime.timedelta(hours=1), ends_at=now, topics=[CRITERIA_TOPIC], by=world.dung, at=now,
    )  # fmt: skip
    return note_attendance(session=session, people=people, how=How.LIST, by=world.dung, at=now)


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_session_that_was_attended_changes_list_and_figure_alike(world, client, is_kept):
    if is_kept:
        call_command("count_figures", anew=True)
    client.force_login(world.dung)

    def both():
        page = client.get(reverse("reporting:trained", args=[world.association.code]))
        missing = people_of(UNTRAINED, world.association, timezone.localdate(), by=world.dung)
        whole = figure(world.association)
        listed = trained(world.association)
        assert whole.numerator == len(listed)
        assert not {one.full_name for one in missing} & listed
        assert page.context["figure"].numerator == whole.numerator
        return listed

    assert both() == set()
    noted = attended(world, world.an.person, world.chi.person)
    assert both() == {"Trần Thị An", "Phạm Thị Chi"}
    withdraw(evidence=noted[0], reason="Ghi nhầm", by=world.dung, at=timezone.now())
    assert both() == {noted[1].person.full_name}
