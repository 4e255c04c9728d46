from evaluation.recognition.models import Title
from evaluation.reporting.figures import figures
from membership.actions import merge_people
from tests.factories.evaluation import AT, YEAR, another_member
from tests.factories.recognition import title_of


def merge(standing, duplicate, into):
    merge_people(duplicate=duplicate.person, into=into.person, by=standing.dung, at=AT)


def titled_in(unit):
    return figures(unit, YEAR, AT.date())[3].denominator


def test_a_title_goes_along_with_the_record_that_stays(world):
    title = title_of(world.an, world)
    merge(world, world.an, another_member(world.chapter, 1))
    merge_target = Title.objects.get(pk=title.pk).person
    assert merge_target.full_name == "Nguyễn Văn Người 1"
    assert titled_in(world.chapter) == 1


def test_two_titles_of_one_year_are_one_person_and_both_stay_verifiable(world):
    other = another_member(world.chapter, 1)
    titles = [title_of(user, world) for user in (world.an, other)]
    merge(world, world.an, other)
    assert titled_in(world.chapter) == 1
    assert Title.objects.filter(code__in=[title.code for title in titles]).count() == 2
    assert Title.objects.of_person(other.person).count() == 2
