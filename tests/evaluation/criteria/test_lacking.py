import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from membership.registries.groups import choices, people_of
from tests.factories.evaluation import YEAR, evidence_for, sample_criteria

DAY = timezone.localdate().replace(year=YEAR, month=12, day=1)


@pytest.fixture
def world(standing):
    sample_criteria()
    return standing


def lacking(world, number, by, unit=None):
    found = people_of(f"lacking:{number}", unit or world.chapter, DAY, by=by)
    return {person.full_name for person in found}


def test_who_has_no_evidence_that_counts_for_it_lacks_it(world):
    assert lacking(world, 5, world.chi) == {"Trần Thị An", "Phạm Thị Chi"}
    evidence_for(world.an.person)  # a course on digital skills
    assert lacking(world, 5, world.chi) == {"Phạm Thị Chi"}
    assert "Trần Thị An" in lacking(world, 6, world.chi)  # foreign languages
    assert lacking(world, 99, world.chi) == set()


@pytest.mark.parametrize("field", ["withdrawn_at", "objected_at"])
def test_of_who_withdrew_or_objects_nothing_is_worked_out(world, field):
    person = world.an.person
    setattr(person, field, timezone.now())
    person.save()
    assert lacking(world, 5, world.dung, world.association) == {"Phạm Thị Chi", "Võ Văn Dũng"}


@pytest.mark.parametrize("who", ["an", "binh", "ha"])
def test_it_is_for_who_may_read_dossiers_there_and_nobody_else(world, who):
    with pytest.raises(ValidationError):
        lacking(world, 5, getattr(world, who))


def test_it_is_offered_by_number_to_who_may_read_dossiers_anywhere(world):
    def offered(user):
        return [value for _label, options in choices(user) for value, _name in options if value.startswith("lacking:")]

    assert "lacking:5" in offered(world.chi)
    assert offered(world.binh) == []
