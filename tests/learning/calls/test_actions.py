import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from learning.calls import actions
from learning.calls.actions.calls import Terms
from learning.calls.models import Call, Called
from learning.calls.notices import tell_of_last_days
from learning.tracking.registries.dues import dues_of
from membership.actions import erase_person
from membership.models import Role
from notices.models import Notice
from tests.factories.people import add_user, grant
from tests.learning.calls.conftest import TODAY


def names(call):
    return {called.person.full_name for called in call.people.select_related("person")}


class TestWhom:
    def test_a_unit_with_all_beneath_it_and_nobody_of_another(self, school):
        call = school.prepare(by=school.standing.dung, unit=school.standing.association)
        assert names(call) == {"Trần Thị An", "Phạm Thị Chi", "Võ Văn Dũng"}

    def test_officers_a_target_group_and_who_is_in_the_middle_of_a_course(self, school):
        assert names(school.prepare(group="role:officers")) == {"Phạm Thị Chi"}
        assert "Trần Thị An" in names(school.prepare(group="target:residents"))
        with pytest.raises(ValidationError):
            school.prepare(group=f"unfinished:{school.course.translation_key}")

    def test_who_withdrew_their_consent_is_not_called(self, school):
        person = school.standing.an.person
        person.withdrawn_at = timezone.now()
        person.save()
        assert names(school.prepare()) == {"Phạm Thị Chi"}

    def test_who_joined_since_is_added_once(self, school):
        call = school.call()
        new = add_user("hoa", "Lê Thị Hoa")
        grant(new, Role.MEMBER, school.standing.chapter)
        asked = {"call": call, "by": school.standing.chi, "at": timezone.now()}
        assert [actions.put_on(**asked), actions.put_on(**asked)] == [1, 0]
        assert Notice.objects.filter(kind="call-made").count() == 3


class TestStates:
    def test_a_draft_is_seen_by_nobody_and_the_same_form_is_one_call(self, school):
        token = uuid.uuid4()
        assert school.prepare(token=token) == school.prepare(token=token)
        assert dues_of(school.standing.an.person_id, TODAY) == []

    def test_what_is_called_changed_cancelled_and_over(self, school):
        call = school.call()
        asked = {"by": school.standing.chi, "at": timezone.now()}
        actions.call_out(call=call, **asked)  # twice is once
        terms = Terms(call.first_day, call.last_day + datetime.timedelta(days=3))
        actions.change(call=call, terms=terms, **asked)
        actions.change(call=call, terms=terms, **asked)
        changed = Call.objects.get()
        assert changed.state_on(terms.last_day) == Call.State.CHANGED
        assert changed.state_on(terms.last_day + datetime.timedelta(days=1)) == Call.State.OVER
        actions.cancel(call=call, **asked)
        told = Notice.objects.filter(person=school.standing.an.person).order_by("pk").values_list("kind", flat=True)
        assert list(told) == ["call-made", "call-changed", "call-cancelled"]
        assert dues_of(school.standing.an.person_id, TODAY) == []
        with pytest.raises(ValidationError):
            actions.change(call=call, terms=Terms(TODAY, TODAY), **asked)

    def test_nobody_calls_beyond_their_units(self, school):
        for who in ("an", "lan", "minh", "ha"):
            with pytest.raises(PermissionDenied):
                school.prepare(by=getattr(school.standing, who))
        with pytest.raises(PermissionDenied):
            actions.cancel(call=school.call(), by=school.standing.ha, at=timezone.now())


class TestDue:
    def test_what_is_done_is_due_no_more_and_late_is_only_said(self, school):
        school.call(days=(-20, -5))
        an = school.standing.an
        assert [due.is_late for due in dues_of(an.person_id, TODAY)] == [True]
        school.finish(an)
        assert dues_of(an.person_id, TODAY) == []
        assert Called.objects.with_state().get(person=an.person).done_on == TODAY

    def test_one_person_gets_longer(self, school):
        called = school.call(days=(-20, -5)).people.get(person=school.standing.an.person)
        asked = {"called": called, "why": "Ốm", "by": school.standing.chi, "at": timezone.now()}
        actions.extend(until=TODAY, **asked)
        assert not dues_of(school.standing.an.person_id, TODAY)[0].is_late
        for days in (-30, 900):
            with pytest.raises(ValidationError):
                actions.extend(until=TODAY + datetime.timedelta(days=days), **asked)


def test_the_last_day_is_told_a_week_before_and_on_the_day_before_and_to_nobody_who_is_done(school):
    school.call(days=(0, 6))
    school.finish(school.standing.chi)
    now = timezone.now()
    told = [tell_of_last_days(at=now + datetime.timedelta(days=later)) for later in (0, 0, 3, 5, 7)]
    assert told == [1, 0, 0, 1, 0]


def test_a_merge_and_an_erasure_leave_one_row_and_none(school):
    call, an = school.call(), school.standing.an.person
    other = add_user("an2", "Tran Thi An").person
    Called.objects.create(call=call, person=other)
    actions.move_calls(duplicate=other, into=an, by=None, at=timezone.now())
    assert call.people.count() == 2
    erase_person(person=an, by=school.standing.dung, at=timezone.now())
    assert names(call) == {"Phạm Thị Chi"}
