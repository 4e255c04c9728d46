import datetime

from membership.likeness.everybody import search_all
from membership.models import Membership, Role
from tests.factories.people import START, PersonFactory

TODAY, BORN = datetime.date(2026, 12, 1), datetime.date(1964, 9, 2)


def on_record(unit, name="Mạc Diệp Sương", **values):
    values = {"birth_day": BORN, "birth_year": BORN.year} | values
    person = PersonFactory(full_name=name, **values)
    Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
    return person


def test_two_records_of_one_person_are_found_among_everybody(standing):
    one, other = on_record(standing.chapter), on_record(standing.other_chapter, "Mạc Diệp Xương")
    merged = on_record(standing.chapter, merged_into=one)
    found = search_all(TODAY)
    assert {found[0].one, found[0].other} == {one.pk, other.pk}
    assert found[0].likeness.reasons == ("name_sounds_alike", "same_day", "same_place")
    assert merged.pk not in {key for pair in found for key in (pair.one, pair.other)}
