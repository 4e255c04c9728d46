"""What becomes of what stands on a record that is merged into another (decision 0125): a whole life is merged, and
every reference to a person either went along or is named below with the reason."""

import pytest
from django.utils import timezone

from assessments.models import ExtraTime
from evaluation.dossiers.models import Appeal
from learning.evidence.models import Evidence, NationalRecord
from learning.tracking.models import Document, Launch, LearnerAlias, Statement
from membership.actions import erase_person, merge_people
from membership.export import export
from membership.models import Membership, Person, Role
from privacy.inventory import references
from tests.factories.life import WORD, lead_life
from tests.factories.people import START, PersonFactory

# Read, exported and erased by all records of the person.
_UNDER_ITS_NAME = {"tracking.Document.person", "tracking.Launch.person", "tracking.LearnerAlias.person",
                   "tracking.Statement.person", "evidence.NationalRecord.person"}  # fmt: skip
_SAT = {"dossiers.Attendance.person", "dossiers.Meeting.chair"}  # minutes say who sat, as they were written
_REPLACED = {"evidence.Evidence.person"}  # each row is superseded by one of the record that stays; nothing is deleted
_OF_THAT_RUN = {"criteria.PreviewLine.person", "criteria.SuggestedScores.person"}  # the next run finds one member
_SETTLED = {"membership.PossibleDouble.one"}  # the pair that an earlier merge settled
STAYS = _UNDER_ITS_NAME | _SAT | _REPLACED | _OF_THAT_RUN | _SETTLED


@pytest.fixture
def old(standing):
    return lead_life(standing).standing.an.person


@pytest.fixture
def new(standing):
    person = PersonFactory(full_name="Trần Thị An ba")
    Membership.objects.create(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    return person


@pytest.fixture
def merged(old, new, standing):
    ExtraTime.objects.create(person=new, percent=25, granted_at=timezone.now(), granted_by=standing.binh)
    merge_people(duplicate=old, into=new, by=standing.giang, at=timezone.now())
    return new


def test_every_reference_went_along_or_says_why_not(old, merged):
    assert _pointing_at(old) == STAYS
    assert not Evidence.objects.filter(person=old).standing().exists()


def test_of_two_grants_of_time_the_longer_holds(old, merged):
    assert list(ExtraTime.objects.values_list("person", "percent")) == [(merged.pk, 50)]


def test_an_appeal_goes_with_its_dossier(old, merged):
    assert list(Appeal.objects.values_list("dossier__person", flat=True)) == [merged.pk]


def test_what_stays_under_the_old_name_is_exported_and_erased_with_the_record_that_stays(old, merged, standing):
    taken = str(export(merged))
    for kind in (LearnerAlias, Launch, Statement, Document, NationalRecord):
        assert kind.objects.filter(person=old).exists(), kind
    for said in (LearnerAlias.objects.get().name, Launch.objects.get().registration, "HS-2026-1", WORD):
        assert str(said) in taken
    erase_person(person=merged, by=standing.giang, at=timezone.now())
    assert _pointing_at(old) & _UNDER_ITS_NAME == set()
    assert not Person.objects.filter(full_name__contains="Trần Thị An").exists()


def _pointing_at(person):
    """The references of any model that lead to the person, as ``app.Model.field``."""
    return {
        name
        for name, field in references().items()
        if field.related_model is Person and field.model._base_manager.filter(**{field.name: person}).exists()
    }
