import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from membership.actions import accept_consent, erase_person, grant_role, log_file_access, merge_people
from membership.belonging import group_of
from membership.models import Contact, ContactKind, Membership, Person, Role, TargetGroup, TargetGroupPeriod, User
from tests.factories.people import START, PersonFactory


@pytest.fixture
def duplicate(standing):
    person = PersonFactory(full_name="Tran Thi An")
    Membership.objects.create(person=person, unit=standing.other_chapter, role=Role.MEMBER, valid_from=START)
    TargetGroupPeriod.objects.create(person=person, group=TargetGroup.STUDENTS, valid_from=START)
    return person


def merge(standing, duplicate, at, by=None):
    return merge_people(duplicate=duplicate, into=standing.an.person, by=by or standing.dung, at=at)


def test_roles_move_and_the_duplicate_points_on(standing, duplicate, at):
    merge(standing, duplicate, at)
    units = {membership.unit for membership in standing.an.person.memberships.all()}
    assert units == {standing.chapter, standing.other_chapter}
    assert Person.objects.get(pk=duplicate.pk).merged_into == standing.an.person


def test_contacts_move_and_what_both_have_stays_once(standing, duplicate, at):
    for person, phone, verified_at in (
        (standing.an.person, "+84905123456", None), (duplicate, "+84905123456", at), (duplicate, "+84905123457", None),
    ):  # fmt: skip
        Contact.objects.create(person=person, kind=ContactKind.PHONE, value=phone, verified_at=verified_at)
    merge(standing, duplicate, at)
    kept = list(standing.an.person.contacts.values_list("value", "verified_at"))
    assert kept == [("+84905123456", at), ("+84905123457", None)]
    assert not duplicate.contacts.exists()


def test_nobody_merges_a_record_with_their_own(standing, at):
    other = PersonFactory(full_name="Dũng (hai)")
    Membership.objects.create(person=other, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    for duplicate, into in ((other, standing.dung.person), (standing.dung.person, other)):
        with pytest.raises(ValidationError, match="của chính bạn"):
            merge_people(duplicate=duplicate, into=into, by=standing.dung, at=at)
    merge_people(duplicate=other, into=standing.dung.person, by=standing.giang, at=at)


def test_what_is_judged_is_the_record_as_it_is_now(standing, duplicate, at):
    """Whoever asks may have read it before somebody noted another citizen ID."""
    seen = Person.objects.get(pk=duplicate.pk)
    Person.objects.filter(pk=duplicate.pk).update(citizen_id_hash="ab" * 32)
    Person.objects.filter(pk=standing.an.person_id).update(citizen_id_hash="cd" * 32)
    with pytest.raises(ValidationError):
        merge(standing, seen, at)
    assert Person.objects.get(pk=duplicate.pk).merged_into is None


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="it locks no rows: it has one writer")
def test_merging_and_erasing_hold_the_records(standing, duplicate, at):
    an = standing.an.person_id
    with CaptureQueriesContext(connection) as merging:
        merge(standing, duplicate, at)
    with CaptureQueriesContext(connection) as erasing:
        erase_person(person=standing.an.person, by=standing.dung, at=at)
    for queries, records in ((merging, f"IN ({duplicate.pk}, {an})"), (erasing, f"IN ({an})")):
        locks = [sql for query in queries if (sql := query["sql"]).endswith("FOR UPDATE")]
        assert 'FROM "membership_person"' in locks[0]
        assert records in locks[0]


def test_role_held_twice_is_ended_once(standing, duplicate, at, today):
    Membership.objects.create(person=duplicate, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    merge(standing, duplicate, at)
    here = Membership.objects.filter(person=standing.an.person, unit=standing.chapter, role=Role.MEMBER)
    assert [membership.valid_to for membership in here.order_by("pk")] == [None, today]


def test_group_of_the_record_that_stays_holds(standing, duplicate, at, today):
    merge(standing, duplicate, at)
    assert group_of(standing.an.person, today) == TargetGroup.RESIDENTS
    assert not duplicate.target_groups.filter(valid_to=None).exists()


def test_account_moves_where_there_is_none(standing, duplicate, at):
    user = User.objects.create_user("an2", person=duplicate)
    into = PersonFactory(full_name="Trần Thị An")
    Membership.objects.create(person=into, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    merge_people(duplicate=duplicate, into=into, by=standing.dung, at=at)
    assert User.objects.get(pk=user.pk).person == into


def test_second_account_is_closed(standing, duplicate, at):
    user = User.objects.create_user("an2", person=duplicate)
    merge(standing, duplicate, at)
    assert not User.objects.get(pk=user.pk).is_active


def test_consents_and_accesses_move(standing, duplicate, consent_text, at):
    user = User.objects.create_user("an2", person=duplicate)
    accept_consent(person=duplicate, text=consent_text, by=user, at=at)
    log_file_access(user=standing.dung, person=duplicate, what="record", at=at)
    merge(standing, duplicate, at)
    assert standing.an.person.consents.count() == standing.an.person.file_accesses.count() == 1


def test_merging_twice_changes_nothing_more(standing, duplicate, at):
    assert merge(standing, duplicate, at) == standing.an.person
    duplicate.refresh_from_db()
    assert merge(standing, duplicate, at) == standing.an.person
    assert standing.an.person.memberships.count() == 2


def test_records_merged_earlier_point_to_the_one_that_stays(standing, duplicate, at):
    earlier = PersonFactory(merged_into=duplicate)
    merge(standing, duplicate, at)
    assert Person.objects.get(pk=earlier.pk).merged_into == standing.an.person


def test_citizen_id_moves_along(standing, duplicate, at):
    Person.objects.filter(pk=duplicate.pk).update(citizen_id_hash="ab" * 32)
    duplicate.refresh_from_db()
    merge(standing, duplicate, at)
    assert Person.objects.get(pk=standing.an.person.pk).citizen_id_hash == "ab" * 32


def test_different_citizen_ids_are_two_people(standing, duplicate, at):
    for person, digest in ((duplicate, "ab" * 32), (standing.an.person, "cd" * 32)):
        Person.objects.filter(pk=person.pk).update(citizen_id_hash=digest)
    with pytest.raises(ValidationError):
        merge(standing, duplicate, at)


def test_one_is_not_merged_into_oneself(standing, at):
    with pytest.raises(ValidationError):
        merge(standing, standing.an.person, at)


def test_merging_needs_both_units(standing, duplicate, at):
    Membership.objects.filter(person=duplicate).update(unit=standing.foreign_chapter)
    with pytest.raises(PermissionDenied):
        merge(standing, duplicate, at)
    with pytest.raises(PermissionDenied):
        merge(standing, duplicate, at, by=standing.ha)
    merge(standing, duplicate, at, by=standing.giang)


def test_apps_above_take_part(standing, duplicate, at, monkeypatch):
    called = []
    monkeypatch.setattr("membership.actions.records.merge_parts", [lambda **values: called.append(values)])
    merge(standing, duplicate, at)
    assert called == [{"duplicate": duplicate, "into": standing.an.person, "by": standing.dung, "at": at}]


def test_merged_record_takes_no_new_role(standing, duplicate, at, today):
    merge(standing, duplicate, at)
    with pytest.raises(ValidationError):
        grant_role(
            person=duplicate, unit=standing.chapter, role=Role.MEMBER,
            valid_from=today + datetime.timedelta(days=1), by=standing.dung, at=at,
        )  # fmt: skip
