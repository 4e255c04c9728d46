"""Every file that strangers bring, cut off, spoiled, nested: a refusal in words, or what could be read of it, never an
exception. The same fifty of each kind every time; `--hypothesis-profile=searching` tries ten times as many.
"""

import datetime
import io
import json
import random
import zipfile
from contextlib import suppress
from dataclasses import replace
from functools import cache

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import settings
from openpyxl import Workbook
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from assessments.formats import FORMATS
from assessments.formats import question as formats
from assessments.formats.conversion import fit
from assessments.formats.question import Medium, PlainQuestion
from assessments.formats.xlsx import columns
from assessments.sitting.sheet import read_delivery
from badges.findings import read_badge
from badges.keys import key_of, new_secret
from badges.proofs import NotGenuineError, as_jwt, with_proof
from evaluation.criteria.actions import load_sample
from evaluation.criteria.criteria_file import CriteriaFile
from evaluation.criteria.exchange import ImportRefusedError, Problem, build, content_of, to_case, to_workbook
from evaluation.criteria.models import CriteriaSet
from evaluation.recognition.earlier_titles import EarlierTitles
from intake.plan import UnreadableError
from intake.tables import rows
from learning.evidence.declaring import DeclarationForm
from learning.evidence.passport.reading import entries
from learning.sessions.attendance_sheet import AttendanceSheet
from learning.tracking.play.entries import EntriesError, read_entries
from learning.tracking.xapi import multipart
from learning.tracking.xapi.formats import V2, RefusedError
from learning.tracking.xapi.strict_json import parse_json
from learning.tracking.xapi.validation import check_statement
from membership import role_sheet, unit_sheet
from membership.decrees import sheet as decree_sheet
from membership.roster.columns import EXAMPLES, HEADINGS, layout
from membership.roster.entries import read_entry
from membership.roster.oneroster import oneroster_rows
from membership.roster.places import Place, Places
from tests.badges.test_shape import badge
from tests.factories.evaluation import AT
from tests.factories.packages import package
from tests.factories.people import add_user
from tests.factories.statements import statement
from tests.learning.sessions.test_attendance import a_session
from tests.membership.roster.test_oneroster import BORN, ROLES, TWO_SCHOOLS, USERS, packed
from training_materials.packages.gate import read_package
from training_materials.packages.refusal import PackageRefusedError

REFUSALS = (UnreadableError, ImportRefusedError, ValidationError, PackageRefusedError, RefusedError, EntriesError,
            NotGenuineError)  # fmt: skip
REFUSED = (formats.Problem, Problem, ValidationError)  # where a reader goes on after it
KEY = key_of(new_secret(), "https://hoc.example.vn")


def picture(kind="PNG", **more):
    content = io.BytesIO()
    Image.effect_mandelbrot((60, 40), (-2, -1, 1, 1), 20).convert("RGB").save(content, kind, **more)
    return content.getvalue()


def workbook(*rows):
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@cache
def questions():
    """One of each kind, as the template of the spreadsheet has them; the first with a picture."""
    rows = [[row.get(heading) for heading in columns.HEADINGS] for row in columns.WORDS["examples"]]
    found = FORMATS["xlsx"].read(workbook(columns.HEADINGS, *rows))
    coded = [replace(question, code=f"cau-{number}", topic="phap-luat") for number, question in enumerate(found)]
    return [replace(coded[0], media=(Medium("a.webp", picture("WEBP"), "Bản đồ"),)), *coded[1:]]


def questions_in(key):
    return FORMATS[key].write([each for each in questions() if each.kind in FORMATS[key].holds])


def read_questions(key):
    def read(content):
        return [fitted(parsed) for parsed in FORMATS[key].read(content)]

    return read


def fitted(parsed):
    """What stands in the bank of it, or why nothing does."""
    if not isinstance(parsed, PlainQuestion):
        return parsed
    try:
        return fit(parsed)
    except ValidationError as refusal:
        return refusal


@cache
def criteria():
    load_sample(by=None, at=AT)
    return content_of(CriteriaSet.objects.latest("pk"))


def case():
    return json.dumps(to_case(criteria(), base_url="https://hoc.example.vn", creator="Hội", at=AT)).encode()


def read_criteria(content):
    parts = list(CriteriaFile.rows(None, content))
    if any(isinstance(part, Problem) for part in parts):
        return parts
    return [build([part for part in parts if hasattr(part, "cells")])]


def read_roster(content):
    """As plain values, whatever stands in the cells."""
    place = Place(1, "0001", "01", "Chi hội", can_have_members=True)
    places = Places(place, {1: place}, frozenset({1}))
    places._by_name["chi hoi khoi pho 1"] = [place]
    places._by_code["20242-02"] = place
    found = []
    for row in rows(content, layout()):
        try:
            found.append(read_entry(row.cells, places, AT.date(), str))
        except UnreadableError:
            raise
        except ValueError as refused:
            found.append(ValidationError(str(refused)))
    return found


LATER = AT + datetime.timedelta(days=60)


def credential():
    issuer = {"id": KEY.public.issuer, "name": "Hội"}
    return {"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "https://hoc.example.vn/1", "issuer": issuer,
            "type": ["VerifiableCredential"], "validFrom": "2026-11-24T03:00:00Z",
            "credentialSubject": {"id": "https://hoc.example.vn/2"}}  # fmt: skip


def read_said(content):
    kind = "multipart/mixed; boundary=abc"
    return read_statement(multipart.parse(kind, content)[0].content)


def read_statement(content):
    said = parse_json(content)
    check_statement(said, V2)
    return said


HEAD, BETWEEN = b"--abc\r\nContent-Type: application/json\r\n\r\n", b"\r\n--abc\r\nContent-Type: text/plain\r\n\r\nx"
SAID = HEAD + json.dumps(statement()).encode() + BETWEEN + b"\r\n--abc--\r\n"


def sent_to(form_class, field, name, **values):
    """What a form makes of the file, with what is kept of it afterwards."""

    def read(content):
        form = form_class(values, {field: SimpleUploadedFile(name, content)})
        if field in form.errors:
            raise ValidationError(form.errors.as_text())
        return form

    return read


def image_form(name):
    def read(content):
        form = sent_to(get_image_form(get_image_model()), "file", name, title="Ảnh", collection="1")(content)
        image = form.save(commit=False)
        image.file.open()
        with image.get_willow_image() as drawn:
            return drawn.resize((10, 10))

    return read


def document_form(name):
    return sent_to(get_document_form(get_document_model()), "file", name, title="Tệp", collection="1")


def every_entry(content):
    entries, unreadable = read_entries(content)
    return [*entries, *map(ValidationError, unreadable)]


FACT = {"kind": "quiz_passed", "title": "Kiểm tra", "occurred_at": "2026-11-20T00:00:00Z", "score": "0.9000",
        "origin": {"issuer": "did:web:a.vn", "id": "urn:uuid:1"}}  # fmt: skip
ENTRIES = {"entries": [{"key": "0" * 32, "kind": "state", "subContent": "0", "field": "state", "value": "[1]"}]}
KINDS = {
    **{key: (lambda key=key: questions_in(key), read_questions(key)) for key in FORMATS},
    "attendance": (
        lambda: workbook(["Danh sách"], ["Mã", "Họ và tên", "Năm sinh"], ["P01", "Trần An", 1960]),
        lambda content: list(AttendanceSheet.rows(AttendanceSheet, content)),
    ),
    "earlier titles": (
        lambda: workbook(["Danh sách"], ["Mã", "Họ và tên", "Số giấy"], ["P01", "Trần An", "07-88"]),
        lambda content: list(EarlierTitles.rows(EarlierTitles, content)),
    ),
    "attendance csv": (
        lambda: "Mã;Họ và tên\nP01;Trần An\n".encode(),
        lambda content: list(AttendanceSheet.rows(AttendanceSheet, content)),
    ),
    "units": (
        lambda: workbook(unit_sheet.HEADINGS, ["X-CH1", "Chi hội chợ", "Chi hội", "20242-HKH", "01/07/2025"]),
        lambda content: list(unit_sheet.entries(content)),
    ),
    "decree": (
        lambda: workbook(decree_sheet.HEADINGS, ["20242", "20300", "Phường Mới", "", "", "", "01/07/2026"]),
        lambda content: list(decree_sheet.entries(content)),
    ),
    "roles": (
        lambda: workbook(role_sheet.HEADINGS, ["HNPR2345", "Trần An", "20242-HKH", "Người kiểm tra", "01/07/2025", ""]),
        lambda content: list(role_sheet.entries(content)),
    ),
    "roster": (lambda: workbook(HEADINGS, *map(list, EXAMPLES)), read_roster),
    "roster csv": (lambda: "Họ và tên;Ngày sinh;Căn cước\nTRẦN AN;1/2/1960;049060000123\n".encode(), read_roster),
    "oneroster": (
        lambda: packed(users=USERS, roles=ROLES, orgs=TWO_SCHOOLS, demographics=BORN),
        lambda content: list(oneroster_rows(content) or []),
    ),
    "criteria": (lambda: to_workbook(criteria()), read_criteria),
    "case": (case, read_criteria),
    "badge": (
        lambda: json.dumps(with_proof(credential(), KEY, AT)).encode(),
        lambda content: read_badge(content.decode(errors="replace"), [KEY.public], LATER),
    ),
    "badge jwt": (
        lambda: as_jwt(credential(), KEY).encode(),
        lambda content: read_badge(content.decode(errors="replace"), [KEY.public], LATER),
    ),
    "passport": (
        lambda: json.dumps(badge(evidence=[{"type": ["Evidence"], "fact": FACT}])).encode(),
        lambda content: list(entries(content, LATER)),
    ),
    "h5p": (lambda: package().getvalue(), lambda content: read_package(io.BytesIO(content))),
    "statement": (lambda: json.dumps(statement()).encode(), read_statement),
    "statements": (lambda: SAID, read_said),
    "entries": (lambda: json.dumps(ENTRIES).encode(), every_entry),
    "answers": (lambda: json.dumps({"position": 1, "answer": [1], "sequence": 2}).encode(), read_delivery),
    **{f"image {kind}": (lambda kind=kind: picture(kind), image_form(f"a.{kind.lower()}"))
       for kind in ("PNG", "JPEG", "GIF", "WEBP")},
    "moving image": (
        lambda: picture("GIF", save_all=True, append_images=[Image.new("RGB", (60, 40))]), image_form("a.gif"),
    ),
    "drawing": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>',
                image_form("a.svg")),
    "document": (lambda: workbook(["a"]), document_form("a.xlsx")),
    "text": (lambda: "Xin chào".encode(), document_form("a.txt")),
    "evidence": (lambda: picture(), sent_to(DeclarationForm, "file", "a.png", title="A", kind="other")),
}  # fmt: skip


NESTED = [b"[" * 3000, b'{"a":' * 3000, b"<a>" * 3000, b"<p>" * 3000, b"{" * 3000, b"(" * 3000, b"\\" * 3000]
# fmt: off
TOKENS = [b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b'"', b"<", b"&#0;", b"&#1114112;", b"]]>", b"1e999", b"-",
          b"\n", b"9" * 400, b"{", b"}", b"=", b"~", b"%", b"null", b"NaN", b"\xed\xa0\x80", b"\\ud800", *NESTED]
VALUES = ["null", "true", "-1", "9" * 400, '""', '"\\ud800"', '"\\u0000"', "[]", "{}", "[[]]", '{"": {}}',
          "[" * 99 + "]" * 99]
# fmt: on


def spoiled(content, chance):
    """The file, changed in one to four places; of an archive also within one of its parts; of JSON also as JSON."""
    if content.startswith(b"PK") and chance.random() < 0.6:
        return part_spoiled(content, chance)
    if content.startswith(b"{") and chance.random() < 0.5:
        return value_spoiled(content, chance)
    return bytes_spoiled(content, chance)


def bytes_spoiled(content, chance):
    for _place in range(chance.randint(1, 4)):
        start = chance.randint(0, len(content))
        end = min(start + chance.choice([0, 1, 4, 40, 400, 10**9]), len(content))
        random_bytes, again = chance.randbytes(chance.randint(0, 8)), content[start:end][:2000] * 3
        content = content[:start] + chance.choice([random_bytes, chance.choice(TOKENS), again]) + content[end:]
    return content


def part_spoiled(content, chance):
    spoilt, packed = io.BytesIO(), zipfile.ZipFile(io.BytesIO(content))
    chosen = chance.choice(packed.namelist())
    with zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in packed.namelist():
            part = packed.read(name)
            archive.writestr(name, bytes_spoiled(part, chance) if name == chosen else part)
    return spoilt.getvalue()


def value_spoiled(content, chance):
    whole = json.loads(content)
    for _place in range(chance.randint(1, 3)):
        holder = whole
        while isinstance(holder, dict | list) and holder:
            place = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
            inner = holder[place]
            if not isinstance(inner, dict | list) or not inner or chance.random() < 0.3:
                holder[place] = json.loads(chance.choice(VALUES))
                break
            holder = inner
    return json.dumps(whole).encode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_is_read(kind, standing):
    sample, read = KINDS[kind]
    found = read(sample())
    assert found
    refused = [each for each in found if isinstance(each, REFUSED)] if isinstance(found, list | tuple) else []
    assert refused == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_spoiled_is_read_or_refused_in_words(kind, standing):
    sample, read = KINDS[kind]
    content, broken = sample(), []
    for seed in range(settings.default.max_examples // 2):
        try:
            with suppress(*REFUSALS):
                read(spoiled(content, random.Random(f"{kind} {seed}")))
        except Exception as fault:
            broken.append(f"{seed}: {fault!r:.200}")
    assert not broken, "\n".join(broken)


DEEP = b'{"a":' * 3000 + b"1" + b"}" * 3000
CUT = workbook(["M\xe3", "H\u1ecd v\xe0 t\xean"], ["P01", "An"])[:-300]


def damaged(content):
    """Its parts are listed, and what is packed in them is spoiled."""
    start = content.index(b"xl/worksheets/sheet1.xml") + 30
    return content[:start] + bytes(60) + content[start + 60 :]


@pytest.mark.parametrize("content", [DEEP, b"[" * 3000, b'{"a": 1, "a": 2}'], ids=["deep", "list", "twice"])
def test_pages_refuse_json_that_nobody_writes(client, standing, content):
    file = {"badge": SimpleUploadedFile("a.json", content)}
    assert client.post(reverse("recognition:check_badge"), file).status_code == 422
    client.force_login(standing.giang)
    answer = client.post(reverse("criteria:bring_in"), {"file": SimpleUploadedFile("a.json", content)})
    assert answer.status_code == 422


@pytest.mark.parametrize("content", [CUT, damaged(workbook(["M\xe3"], ["P01"])), b"PK\x03\x04" + bytes(50)])
def test_pages_refuse_damaged_workbooks(client, standing, content):
    session = a_session(standing)
    client.force_login(standing.dung)
    answer = client.post(reverse("sessions:sheet", args=[session.pk]), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert answer.status_code == 422
    client.force_login(standing.giang)
    answer = client.post(reverse("criteria:bring_in"), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert answer.status_code == 422


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "PNG", "WEBP"])
def test_the_back_office_refuses_broken_pictures(client, db, kind):
    client.force_login(add_user("goc", "Gốc", is_superuser=True))
    whole = picture(kind)
    cut = whole[: len(whole) // 2]
    file = SimpleUploadedFile(f"a.{kind.lower()}", cut)
    answer = client.post("/quan-tri/images/add/", {"title": "Ảnh", "file": file})
    assert answer.status_code == 200
    assert "Ảnh bị hỏng" in answer.content.decode()
    many = {"title": "Ảnh", "files[]": SimpleUploadedFile(f"a.{kind.lower()}", cut)}
    answer = client.post("/quan-tri/images/multiple/add/", many, headers={"X-Requested-With": "XMLHttpRequest"})
    assert "Ảnh bị hỏng" in answer.json()["error_message"]
    assert not get_image_model().objects.exists()
