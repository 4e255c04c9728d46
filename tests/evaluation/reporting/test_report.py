"""The yearly report: the page, its papers in the official form, and the annex of seals that go out with it."""

import datetime
import io
import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from evaluation.reporting.figures import overview, overview_as_of, with_gatherings
from evaluation.reporting.frozen import Version, contents_of, text_of
from evaluation.reporting.report_papers import annex_of_seals, annual_report, in_groups
from learning.evidence.actions import seal
from learning.evidence.ledger.log import checkpoints_of_year
from learning.evidence.models import Checkpoint
from learning.evidence.registries.gatherings import Held
from learning.sessions.actions import How, hold_session, move_session, note_attendance
from tests.evaluation.reporting.test_counts import DAY
from tests.factories.evaluation import AT, YEAR
from tests.learning.evidence.ledgers import fill


@pytest.fixture
def sealed(world):
    fill(world.an.person, 3)
    return Checkpoint.objects.get()


def words(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def address(unit, name, kind, year=YEAR):
    return reverse("reporting:report_paper", kwargs={"year": year, "unit_code": unit.code, "name": name, "kind": kind})


def test_the_report_names_every_target_with_numerator_and_denominator(world):
    paper = annual_report(overview(world.province, YEAR, DAY))

    assert len(paper.table.rows) == 6
    assert all("chưa có số liệu" in row[3] or row[3][0].isdigit() for row in paper.table.rows)
    assert "tạm tính" in paper.blocks[1].text


def test_report_and_frozen_version_say_what_was_held_up_to_the_day(world, client):
    session = held(world, world.an.person, world.chi.person)
    today = timezone.localdate(session.starts_at)  # yesterday for who runs this in the first hours of a day
    move_session(session=session, step="close", by=world.dung, at=timezone.now())
    held(world, world.an.person)  # not closed: nobody vouches yet for who was there
    assert seen(world.province, today.year, today).gatherings == Held(2, 2, 4)
    assert seen(world.province, today.year, today - datetime.timedelta(days=1)).gatherings == Held()
    assert seen(world.chapter, today.year, today).gatherings == Held()

    found = with_gatherings(overview_as_of(world.association, today.year, today, today))
    assert "2 buổi, tổng thời lượng 4 giờ; 2 người có mặt" in annual_report(found).closing[0].text
    version = text_of(found, [], Version(1, timezone.now()))
    assert contents_of(version).gatherings == Held(2, 2, 4)
    before = {name: said for name, said in json.loads(version).items() if name != "gatherings"}
    assert contents_of(json.dumps(before)).gatherings is None  # as versions said it before
    client.force_login(world.dung)
    page = client.get(reverse("reporting:report", kwargs={"year": today.year, "unit_code": world.association.code}))
    assert "Đã tổ chức: 2 buổi" in page.text


def seen(unit, year, day):
    return with_gatherings(overview(unit, year, day))


def held(world, *people):
    """Two hours long, just over."""
    now = timezone.now()
    session = hold_session(
        token=uuid.uuid4(), unit=world.association, title="Nói chuyện", place="", topics=[], by=world.dung, at=now,
        starts_at=now - datetime.timedelta(hours=2), ends_at=now,
    )  # fmt: skip
    note_attendance(session=session, people=people, how=How.LIST, by=world.dung, at=now)
    session.refresh_from_db()
    return session


def test_a_year_that_is_over_is_not_provisional(world):
    paper = annual_report(overview(world.province, YEAR - 1, DAY))

    assert "tạm tính" not in paper.blocks[1].text


def test_the_annex_says_each_seal_as_the_ledger_has_it(world, sealed):
    [row] = annex_of_seals(world.province, YEAR, checkpoints_of_year(YEAR)).table.rows

    assert row[1] == str(sealed.number)
    assert row[4].replace(" ", "") == sealed.root
    assert len(in_groups(sealed.root).split()) == 8


@pytest.mark.parametrize("name", ["bao-cao", "phu-luc"])
def test_papers_come_as_word_and_as_tagged_pdf(world, client, sealed, name):
    client.force_login(world.giang)

    word = words(client.get(address(world.province, name, "docx")).content)
    pdf = client.get(address(world.province, name, "pdf")).content

    assert ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in word) == (name == "bao-cao")
    assert (in_groups(sealed.root) in word) == (name == "phu-luc")
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf


def test_the_page_says_when_it_is_due_and_shows_the_seals(world, client, sealed):
    client.force_login(world.giang)

    page = client.get(reverse("reporting:report", kwargs={"year": YEAR, "unit_code": world.province.code}))

    assert page.status_code == 200
    assert f"15/12/{YEAR}" in page.content.decode()
    assert in_groups(sealed.root) in page.content.decode()
    redirect = client.get(reverse("reporting:own_report", args=[YEAR]))
    assert redirect.headers["Location"].endswith(f"/bao-cao/{YEAR}/{world.province.code}/")


def test_it_is_for_those_who_see_the_units_figures(world, client):
    for user, status in ((world.ha, 404), (world.an, 404), (world.dung, 200)):
        client.force_login(user)
        page = reverse("reporting:report", kwargs={"year": YEAR, "unit_code": world.association.code})
        assert client.get(page).status_code == status
        assert client.get(address(world.association, "bao-cao", "docx")).status_code == status
    assert client.get(reverse("reporting:report", args=[1999, world.association.code])).status_code == 404


def test_without_seals_the_annex_is_empty_and_says_so(world, client):
    assert seal(at=AT) == []
    client.force_login(world.giang)

    page = client.get(reverse("reporting:report", args=[YEAR, world.province.code]))

    assert page.status_code == 200
    assert client.get(address(world.province, "phu-luc", "pdf")).status_code == 200
