import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from membership.actions import find_doubles
from membership.models import Contact, Membership, Person, PossibleDouble, Role, User
from tests.factories.people import START, PersonFactory
from tests.membership.administration.test_views import get, text


@pytest.fixture
def pair(standing):
    """Two records of one name in the chapter, found by the night's search."""
    people = [PersonFactory(full_name="Mạc Diệp Sương") for _number in range(2)]
    for person in people:
        Membership.objects.create(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    find_doubles(at=timezone.now())
    return PossibleDouble.objects.get()


def test_two_records_stand_side_by_side_and_the_officer_merges_them(client, standing, pair):
    assert "Mạc Diệp Sương" in text(get(client, standing.dung, "doubles:index"))
    shown = text(get(client, standing.dung, "doubles:edit", pair.pk))
    assert pair.one.code in shown
    assert "cùng họ tên" in shown
    sent = client.post(reverse("doubles:edit", args=[pair.pk]), {"decision": "one", "note": ""})
    assert sent.status_code == 302
    assert Person.objects.get(pk=pair.other_id).merged_into_id == pair.one_id
    assert "Mạc Diệp Sương" not in text(get(client, standing.dung, "doubles:index"))


def choices(client, user, pair):
    return re.findall(r'name="decision" value="(\w+)"', text(get(client, user, "doubles:edit", pair.pk)))


def test_of_whom_one_does_not_reach_no_more_is_told_than_tells_the_two_apart(client, standing, pair):
    Membership.objects.filter(person=pair.other).update(unit=standing.foreign_association)
    Person.objects.filter(pk__in=[pair.one_id, pair.other_id]).update(birth_day=datetime.date(1960, 3, 7))
    for person, value in ((pair.one, "+84905123456"), (pair.other, "+84905123457")):
        Contact.objects.create(person=person, kind="phone", value=value)
    User.objects.create_user("mac-suong", "suong@example.vn", person=pair.other)
    response = get(client, standing.dung, "doubles:edit", pair.pk)
    told = {line.label: (line.one, line.other) for line in response.context["lines"]}
    assert told["Ngày sinh"] == ("07/03/1960", "giống hồ sơ bên cạnh")
    assert told["Liên hệ"] == ("+84905123456", "khác")
    assert told["Xã, phường, đặc khu"] == ("Phường Hải Châu", "Xã Tiên Phước")
    secrets = (pair.other.code, "+84905123457", "mac-suong", standing.foreign_association.name)
    assert not [secret for secret in secrets if secret in text(response)]
    assert pair.other.code in text(get(client, standing.giang, "doubles:edit", pair.pk))


def test_who_reaches_the_two_by_another_role_decides_nothing_of_them(client, standing, pair):
    for person in (pair.one, pair.other):
        Membership.objects.filter(person=person).update(unit=standing.foreign_association)
        Membership.objects.create(person=person, unit=standing.chapter, role=Role.TRAINER, valid_from=START)
    assert choices(client, standing.dung, pair) == []
    assert choices(client, standing.ha, pair) == ["one", "other", "apart", "ask"]


def test_a_pair_out_of_reach_or_of_oneself_is_not_shown(client, standing, pair):
    PossibleDouble.objects.filter(pk=pair.pk).update(one=min(pair.one_id, standing.dung.person_id), other=pair.other_id)
    own = PossibleDouble.objects.get()
    for user in (standing.ha, standing.dung):
        assert "Mạc Diệp Sương" not in text(get(client, user, "doubles:index"))
        assert get(client, user, "doubles:edit", own.pk).status_code == 404


def test_whoever_reaches_one_of_the_two_may_only_ask(client, standing, pair):
    Membership.objects.filter(person=pair.other).update(unit=standing.foreign_association)
    assert choices(client, standing.dung, pair) == ["ask"]
    refused = client.post(reverse("doubles:edit", args=[pair.pk]), {"decision": "apart", "note": ""})
    assert refused.status_code == 200
    client.post(reverse("doubles:edit", args=[pair.pk]), {"decision": "ask", "note": "Có phải một người?"})
    assert "Có phải một người?" in text(get(client, standing.ha, "doubles:edit", pair.pk))
