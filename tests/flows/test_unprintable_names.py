"""Signs that no workbook, document or page can hold: kept out at every door, and in a name that has long been stored
they take no list and no paper from an office.
"""

import io
import zipfile
from itertools import product

import pytest
from django.db import connection
from django.urls import URLResolver, get_resolver, reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from evaluation.recognition.actions import draft_decision, issue
from evaluation.recognition.models import Title
from evaluation.recognition.querysets import ready_dossiers
from evaluation.recognition.views.papers import PAPERS
from interface.tables.listing import TableMixin
from interface.vietnamese import sort_key, storable
from membership.actions import correct_person
from membership.models import Person, Unit
from tests.factories.evaluation import AT, another_member, sample_criteria
from tests.factories.people import add_user
from tests.factories.recognition import dossier_scored, in_effect

CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\t\n\r"]
OTHERS = [*"\ufffe\uffff\ufdd0\ufeff\u202e\u202a\u2066\u2069\u2028"]
HALVES = ["\ud800", "\udfff"]  # no database keeps them
BAD = "".join([*CONTROLS, *OTHERS])


def test_no_such_sign_is_storable_and_all_others_stay():
    assert storable("An" + "".join([*CONTROLS, *OTHERS, *HALVES])).split() == ["An"]
    kept = "Nguyễn Thị Ân, 10³ m²\t½\nعربي 中文 😀 \u200d\u200e"
    assert storable(kept) == kept
    assert storable("một\x0bhai") == "một hai"


@pytest.mark.parametrize("sign", [*CONTROLS, *OTHERS, *HALVES], ids=lambda sign: f"{ord(sign):04x}")
def test_a_name_is_kept_without_it(standing, sign):
    person = correct_person(
        person=standing.an.person,
        full_name=f"Trần {sign} An{sign}",
        birth_year=1950,
        birth_day=None,
        by=standing.dung,
        at=AT,
    )
    assert (person.full_name, person.sort_key) == ("Trần An", sort_key("Trần An"))


def test_no_form_lets_it_in_and_passwords_stay_as_they_are(client, standing):
    client.post(reverse("account_login"), {"login": "a\x01n", "password": "mat-khau-thu-1"})
    assert "_auth_user_id" in client.session
    client.logout()
    client.post(reverse("account_login"), {"login": "an", "password": "mat-khau-\x01thu-1"})
    assert "_auth_user_id" not in client.session


@pytest.fixture
def decision(standing):
    """Of people in whose names, and in a commune in whose name, all of it stands."""
    sample_criteria()
    made = in_effect(standing, dossier_scored(standing.an, standing))
    dossier_scored(another_member(standing.chapter, 1), standing)
    # PostgreSQL keeps no NUL.
    stored = f"{BAD if connection.vendor == 'sqlite' else BAD[1:]} An"
    Person.objects.update(full_name=stored)
    Unit.objects.filter(pk=standing.commune.pk).update(name=f"Phường{stored}")
    return made


def lists(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(getattr(entry.pattern, "_route", "^"))
        if isinstance(entry, URLResolver):
            yield from lists(entry, route)
        elif issubclass(getattr(entry.callback, "view_class", object), TableMixin) and "<" not in route:
            yield f"/{route}"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_every_list_comes_as_a_file(client, standing, decision, kind):
    found = {}
    for user in (standing.dung, standing.lan, standing.giang, add_user("goc", "Gốc", is_superuser=True)):
        client.force_login(user)
        for address in [*lists(get_resolver()), "/quan-tri/users/", "/quan-tri/reports/site-history/"]:
            answer = client.get(address, {"export": kind})
            if answer.get("Content-Disposition"):
                found[address] = answer.getvalue()
    assert len(found) > 12
    named = {address for address, content in found.items() if "An" in assert_clean(content, kind)}
    assert {"/danh-gia/", "/danh-gia/bat-thuong/"} <= named


def test_the_register_and_the_people_of_a_decision_come_as_files(client, standing, decision):
    client.force_login(standing.lan)
    addresses = {
        reverse("recognition:register"): "xlsx",
        reverse("recognition:people", args=[decision.pk, "xlsx"]): "xlsx",
        reverse("recognition:people", args=[decision.pk, "csv"]): "csv",
    }
    for address, kind in addresses.items():
        assert_clean(client.get(address).getvalue(), kind)


@pytest.mark.parametrize("sign", ["", "😀 中"], ids=["stored", "no font has it"])
def test_every_paper_comes_of_a_draft_and_as_it_is_issued(client, standing, decision, sign):
    Person.objects.update(full_name=f"Trần {BAD[1:]}{sign} An")
    client.force_login(standing.lan)
    waiting, code = ready_dossiers(standing.lan), Title.objects.get(decision=decision).code
    draft = draft_decision(unit=standing.commune, year=AT.year, dossiers=waiting, by=standing.lan, at=AT)
    address = {name: reverse("recognition:paper", args=[draft.pk, *name]) for name in product(PAPERS, ("pdf", "docx"))}
    for name, kind in address:
        text = assert_clean(client.get(address[name, kind]).getvalue(), kind)
        assert ("Trần" in text) == (name == "danh-sach"), (kind, name)
    said = {"number": "9/QĐ-UBND", "signed_on": AT.date(), "signer_name": "Lan", "signer_title": "Chủ tịch"}
    issue(decision=draft, **said, by=standing.lan, at=AT)
    assert "Trần" in assert_clean(client.get(address["quyet-dinh", "pdf"]).getvalue(), "pdf")
    assert "Trần" in assert_clean(client.get(reverse("recognition:certificate", args=[code])).getvalue(), "pdf")


def assert_clean(content, kind):
    """The program for which it is meant opens it, and none of the signs is in it."""
    if kind == "xlsx":
        cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True) for cell in row]
        text = " ".join(str(cell) for cell in cells)
    elif kind == "docx":
        assert Document(io.BytesIO(content)).paragraphs
        text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    elif kind == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        text = text.replace("\0", "")  # what no font has
    else:
        text = content.decode().removeprefix("\ufeff")
    assert storable(text) == text
    return text
