"""What a decision's list says stays as it was issued, whatever the records say since."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from evaluation.recognition.certificate import certificate_of
from evaluation.recognition.credentials import achieved
from evaluation.recognition.export import titles_part
from evaluation.recognition.lists import list_of_people, people_on, register_of
from evaluation.recognition.models import Decision, DecisionLine, Title
from evaluation.reporting import triggers
from membership.actions import correct_person, erase_person, merge_people
from membership.models import FormerName, Unit
from tests.factories.evaluation import AT, another_member, sample_criteria
from tests.factories.recognition import dossier_scored, in_effect, issued, take_effect, title_of

DAY = datetime.timedelta(days=1)
WAS, IS = "Trần Thị An", "Vũ Văn Ân"


@pytest.fixture
def several(world):
    return [dossier_scored(user, world) for user in (world.an, another_member(world.chapter, 1))]


def rename(person, world, name=IS):
    correct_person(person=person, full_name=name, birth_year=person.birth_year, birth_day=None, by=world.dung, at=AT)


def renamed_since(world, decision):
    """All that the list names has another name by now: An, the chapter and the commune."""
    rename(world.an.person, world)
    for unit in (world.chapter, world.commune):
        Unit.objects.filter(pk=unit.pk).update(name=f"{unit.name} mới")
    return Decision.objects.select_related("unit").get(pk=decision.pk)


def for_certificate(decision):
    return Title.objects.for_certificate().get(decision=decision)


def test_a_draft_is_named_by_the_records_and_issuing_fixes_it(world, several):
    decision = issued(world, *several)
    lines = list(DecisionLine.objects.for_papers(decision))
    assert [(line.position, line.name, line.place) for line in lines] == [
        (place, line.dossier.person.full_name, world.chapter.name) for place, line in enumerate(lines, start=1)
    ]
    assert not decision.has_later_names


def test_certificate_badge_and_export_say_what_the_decision_says(world):
    was = [world.chapter.name, certificate_of(title_of(world.an, world), "").body]
    decision = renamed_since(world, Decision.objects.get())
    title = for_certificate(decision)
    paper = certificate_of(title, "")
    assert [paper.name, paper.home, paper.body] == [WAS, *was]
    assert paper.authority.endswith(paper.body)
    assert (WAS, "name") in achieved(title).identities
    assert titles_part(title.person)["titles"][0]["name"] == WAS


def test_lists_and_register_say_what_the_decision_says(world):
    chapter, before = world.chapter.name, in_effect(world, dossier_scored(world.an, world))
    decision = renamed_since(world, before)
    row = list_of_people(decision, people_on(decision, world.lan)).rows[0]
    assert (row[0], row[1], row[3]) == (1, WAS, chapter)
    found = Decision.objects.for_decisions(world.lan).filter(pk=decision.pk)
    assert register_of(found).rows[0][4] == before.issuer


def test_pages_name_whom_the_paper_names_and_who_that_is_now(world, client):
    title = title_of(world.an, world)
    decision = renamed_since(world, title.decision)
    public = client.get(reverse("recognition:verify", args=[title.code])).text
    client.force_login(world.lan)
    for page in (public, client.get(decision.get_absolute_url()).text):
        assert WAS in page
        assert f"Nay là {IS}" in page


def test_a_name_changed_before_the_effect_moves_nobody_to_another_place(world, several):
    decision = issued(world, *several)
    first = DecisionLine.objects.for_papers(decision)[0]
    rename(first.dossier.person, world, "Nguyễn Văn Ýý")
    take_effect(decision, by=world.lan, at=AT)
    title = Title.objects.get(dossier=first.dossier_id)
    assert (title.name, title.number) == (first.name, "01-125/QĐ-UBND")


def test_a_merge_leaves_the_name_of_the_paper_and_an_erasure_takes_it(world):
    title = title_of(world.an, world)
    other = another_member(world.chapter, 1).person
    merge_people(duplicate=world.an.person, into=other, by=world.dung, at=AT)
    title.refresh_from_db()
    assert (title.name, title.is_renamed) == (WAS, True)
    erase_person(person=other, by=world.dung, at=AT + DAY)
    assert WAS not in set(DecisionLine.objects.values_list("name", flat=True))
    assert not Title.objects.get(pk=title.pk).is_renamed
    assert Title.objects.get(pk=title.pk).name != WAS


def test_the_database_keeps_lines_whole_and_titles_named(world):
    title = title_of(world.an, world)
    for rows, values in ((DecisionLine.objects, {"name": ""}), (Title.objects, {"place": ""})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    assert Title.objects.get(pk=title.pk).place == world.chapter.name


@pytest.mark.slow(reason="A migration is read to go back and forth.")
@pytest.mark.django_db(transaction=True)
def test_lists_from_before_are_named_units_as_of_then_and_people_as_of_now(standing):
    sample_criteria()
    was, decision = standing.chapter.name, Decision.objects.get(pk=title_of(standing.an, standing).decision_id)
    FormerName.objects.create(unit=standing.chapter, name=was, kind="chapter", valid_to=AT.date() + DAY)
    renamed_since(standing, decision)
    MigrationExecutor(connection).migrate([("recognition", "0010_title_counts_in_a_unit")])
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] == "recognition"])
    triggers.install(apps.get_app_config("reporting"), connection.alias)
    line, title = DecisionLine.objects.get(), Title.objects.get()
    assert (line.position, line.name, line.place) == (1, IS, was)
    assert (title.name, title.place) == (IS, was)
    found = Decision.objects.get()
    assert found.has_later_names
    assert found.issuer.startswith("Ủy ban nhân dân phường")
