"""Every paper that the site draws, as it leaves: in Vietnamese, and with nothing of the library that drew it."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from evaluation.dossiers.actions import call_meeting
from evaluation.recognition.actions import draft_decision
from evaluation.reporting.report_papers import annex_of_seals
from learning.evidence.ledger.log import checkpoints_of_year
from tests.factories.evaluation import AT, YEAR, another_member, draft_dossier, submitted_dossier
from tests.factories.recognition import dossier_scored
from tests.learning.evidence.ledgers import fill

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def decision_paper(name):
    def drawn(world, kind):
        dossiers = [dossier_scored(world.an, world)]
        decision = draft_decision(unit=world.commune, year=AT.year, dossiers=dossiers, by=world.lan, at=AT)
        return world.lan, reverse("recognition:paper", kwargs={"pk": decision.pk, "name": name, "kind": kind})

    return drawn


def minutes(world, kind):
    dossier = submitted_dossier(world.an)
    meeting = call_meeting(
        step=dossier.current_step, unit=world.chapter, held_at=AT, place="Nhà văn hóa", chair=world.chi.person,
        secretary=another_member(world.chapter, 4).person, invited=[], dossiers=[dossier], by=world.chi, at=AT,
    )  # fmt: skip
    return world.chi, reverse("recognition:minutes", kwargs={"pk": meeting.pk, "kind": kind})


def sheet(world, kind):
    return world.an, reverse("recognition:sheet", kwargs={"pk": draft_dossier(world.an).pk, "kind": kind})


def report(name):
    def drawn(world, kind):
        fill(world.an.person, 3)
        of = {"year": YEAR, "unit_code": world.province.code, "name": name, "kind": kind}
        return world.giang, reverse("reporting:report_paper", kwargs=of)

    return drawn


PAPERS = {name: decision_paper(name) for name in ("to-trinh", "danh-sach", "quyet-dinh")}
PAPERS |= {"bien-ban": minutes, "phieu": sheet} | {name: report(name) for name in ("bao-cao", "phu-luc")}


@pytest.fixture(params=PAPERS)
def paper(request):
    return PAPERS[request.param]


def taken(client, world, paper, kind):
    user, address = paper(world, kind)
    client.force_login(user)
    answer = client.get(address)
    return answer.getvalue() if answer.streaming else answer.content


def test_a_word_file_speaks_vietnamese_and_tells_nothing_of_its_library(world, client, paper):
    content = taken(client, world, paper, "docx")
    told = Document(io.BytesIO(content)).core_properties
    assert (told.language, told.comments, told.created.year >= YEAR) == ("vi-VN", "", True)
    assert told.title
    assert told.author == told.last_modified_by != ""
    package = zipfile.ZipFile(io.BytesIO(content))
    assert "docProps/thumbnail.jpeg" not in package.namelist()
    texts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(("xml", "rels"))}
    assert [name for name, text in texts.items() if re.search("en-US|ja-JP|python-docx|Macintosh", text)] == []


def test_the_name_of_the_state_stands_on_one_line(world, client, paper):
    content = taken(client, world, paper, "pdf")
    lines = PdfReader(io.BytesIO(content)).pages[0].extract_text().replace("\N{NO-BREAK SPACE}", " ").splitlines()
    is_attached = any("(Kèm theo" in line for line in lines)  # what is attached has no head of its own
    assert any(STATE in line for line in lines) is not is_attached


def test_the_annex_says_in_words_how_to_compare_and_names_no_command(world):
    fill(world.an.person, 3)
    paper = annex_of_seals(world.province, YEAR, checkpoints_of_year(YEAR))
    [told] = [block.text for block in paper.closing]
    assert reverse("evidence:register") in told
    assert "chương trình kiểm tra sổ kèm theo hệ thống" in told
    words = [paper.summary, *paper.table.headings, *(block.text for block in [*paper.blocks, *paper.closing])]
    assert re.findall(r"\w*_\w+|manage|ledger", " ".join(words)) == []
