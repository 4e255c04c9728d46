"""All certificates of a decision in one file."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from evaluation.recognition import tasks
from evaluation.recognition.actions import (
    drop_certificate_files,
    erase_titles,
    order_certificates,
    print_certificates,
    revoke,
)
from evaluation.recognition.models import Decision, PrintRun, Title
from tests.factories.evaluation import AT, another_member
from tests.factories.recognition import dossier_scored, in_effect
from tests.laid import laid_once


@pytest.fixture
@laid_once
def decision(world):
    people = (world.an, *(another_member(world.chapter, number) for number in (1, 2)))
    return in_effect(world, *[dossier_scored(person, world) for person in people])


def printed(decision, by, at=AT):
    return print_certificates(run=order_certificates(decision=decision, by=by, at=at), at=at)


def test_the_file_has_a_page_for_each_standing_title_in_the_order_of_the_list(world, decision):
    revoke(title=Title.objects.get(person__full_name="Nguyễn Văn Người 1"), reason="Nhầm", by=world.lan, at=AT)
    run = printed(decision, world.lan)
    assert (run.state, run.done, run.total) == (PrintRun.State.READY, 2, 2)
    with run.file.open("rb") as file:
        content = file.read()
    assert b"pdfuaid" in content
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert ["Nguyễn Văn Người 2" in pages[0], "Trần Thị An" in pages[1], len(pages)] == [True, True, 2]


def test_ordering_twice_is_one_run_until_it_is_done(world, decision):
    once = order_certificates(decision=decision, by=world.lan, at=AT)
    assert order_certificates(decision=decision, by=world.lan, at=AT) == once
    print_certificates(run=once, at=AT)
    assert print_certificates(run=once, at=AT).pk == once.pk
    assert order_certificates(decision=decision, by=world.lan, at=AT) != once
    assert ModelLogEntry.objects.filter(action="recognition.order_certificates").count() == 2


def test_a_run_lost_with_its_worker_is_given_up(world, decision):
    lost = order_certificates(decision=decision, by=world.lan, at=AT)
    assert order_certificates(decision=decision, by=world.lan, at=AT + datetime.timedelta(hours=1)) != lost
    lost.refresh_from_db()
    assert lost.state == PrintRun.State.FAILED


def test_only_those_who_may_look_into_the_unit_order(world, decision):
    for stranger in (world.chi, world.ha, world.an):
        with pytest.raises(PermissionDenied):
            order_certificates(decision=decision, by=stranger, at=AT)


def test_nothing_standing_nothing_drawn(world, decision):
    for title in Title.objects.all():
        revoke(title=title, reason="Nhầm", by=world.lan, at=AT)
    with pytest.raises(ValidationError):
        order_certificates(decision=decision, by=world.lan, at=AT)


def test_files_go_after_a_week_and_with_an_erased_person(world, decision):
    first = printed(decision, world.lan)
    assert drop_certificate_files(at=AT + datetime.timedelta(days=6)) == 0
    assert drop_certificate_files(at=AT + datetime.timedelta(days=8)) == 1
    second = printed(decision, world.lan)
    name = second.file.name
    erase_titles(person_ids=[world.an.person_id], at=AT)
    second.refresh_from_db()
    assert not second.file
    assert not second.file.storage.exists(name)
    first.refresh_from_db()
    assert not first.file


def test_a_failure_is_shown_and_can_be_tried_again(world, decision):
    run = order_certificates(decision=decision, by=world.lan, at=AT)
    # no certificate can be made of this
    Decision.objects.filter(pk=decision.pk).update(issued_at=None, signed_on=None, effective_at=None, way="")
    with pytest.raises(ValueError, match="signed"):
        print_certificates(run=run, at=AT)
    run.refresh_from_db()
    assert run.state == PrintRun.State.FAILED


def test_the_page_orders_shows_how_far_it_is_and_gives_the_file(
    client, world, decision, django_capture_on_commit_callbacks
):
    client.force_login(world.lan)
    page, file = decision.get_absolute_url(), reverse("recognition:certificates", args=[decision.pk])
    assert client.get(file).status_code == 404
    run = order_certificates(decision=decision, by=world.lan, at=AT)
    assert 'hx-trigger="every 2s"' in client.get(page).content.decode()
    part = reverse("recognition:print_progress", args=[decision.pk])
    assert client.get(part).status_code == 302
    assert "<html" not in client.get(part, headers={"HX-Request": "true"}).content.decode()
    tasks.print_certificates.func(run.pk)
    assert file in client.get(page).content.decode()
    response = client.get(file)
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("recognition:print", args=[decision.pk]))
    assert PrintRun.objects.filter(decision=decision).count() == 2
    for stranger in (world.chi, world.ha):
        client.force_login(stranger)
        assert client.get(file).status_code == 404
        assert client.post(reverse("recognition:print", args=[decision.pk])).status_code == 404
