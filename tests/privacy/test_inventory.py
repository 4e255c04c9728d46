"""What is kept about people: every field has its answer, and the province reads and prints it."""

import io
import re

import pytest
from pypdf import PdfReader

from interface.models import SiteOwner
from privacy.inventory import undeclared
from work import processing
from work.processing import ALL, Basis, Processing, declare, declare_impersonal, personal

LIST = "/du-lieu-ca-nhan/danh-muc/"


@pytest.fixture
def declarations(monkeypatch):
    """As they are, to be changed by one test."""
    monkeypatch.setattr(processing, "personal", dict(processing.personal))
    monkeypatch.setattr("privacy.inventory.personal", processing.personal)
    monkeypatch.setattr(processing, "impersonal", set(processing.impersonal))
    monkeypatch.setattr("privacy.inventory.impersonal", processing.impersonal)
    return processing


def test_every_field_that_may_say_something_of_a_person_is_declared():
    assert undeclared() == []


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("membership.Contact.value", "neither"),  # words beside a person
        ("tracking.WeeklyGoal.days", "neither"),  # a number beside a person
        ("work.Letter.content", "neither"),  # bytes beside nobody
        ("membership.Contact.person", "leads to a person"),
        ("dossiers.Review.dossier", "leads to a person"),  # by way of another row
        ("wagtailcore.Revision.user", "leads to a person"),  # of a model that is declared as a whole
    ],
)
def test_a_field_that_is_not_declared_fails(declarations, field, says):
    del declarations.personal[field]
    assert [told.partition(" ")[0] for told in undeclared()] == [field]
    assert says in undeclared()[0]


def test_a_reference_to_a_person_is_never_impersonal(declarations):
    del declarations.personal["membership.Contact.person"]
    declare_impersonal({"membership.Contact": f"person {ALL}"})
    assert len(undeclared()) == 1


def test_what_is_declared_exists_and_says_everything(declarations):
    silent = Processing(name="Việc", data="Dữ liệu", purpose="", basis=Basis.CONSENT, retention="")
    declare(silent, {"membership.Contact": "gone"})
    assert undeclared() == [
        "membership.Contact.gone is declared and does not exist",
        "Việc says no purpose, retention",
        "Việc says neither what ends it by the clock (ended_by) nor why nothing does (stays)",
    ]


def test_what_ends_a_processing_is_carried_out_by_something(declarations):
    ended = Processing(
        name="Việc", data="Dữ liệu", purpose="Để", basis=Basis.DUTY, retention="Một năm", ended_by=("nobody",)
    )
    declare(ended, {"membership.Contact": "id"})
    assert undeclared() == ["Việc is ended by nobody, which neither recurs nor clears"]


def test_a_whole_model_that_is_declared_exists(declarations):
    declare_impersonal({"membership.Gone": ALL})
    assert undeclared() == [f"membership.Gone.{ALL} is declared and does not exist"]


def test_of_no_secret_and_of_no_hash_the_inventory_says_that_it_is_taken_along():
    hidden = ("_hash", "_digest", ".password", "Authenticator.data")
    assert [name for name, held in personal.items() if name.endswith(hidden) and not held.withheld] == []


def test_a_field_is_declared_once(declarations):
    with pytest.raises(ValueError, match="twice"):
        declare_impersonal({"membership.Contact": "value"})


@pytest.mark.parametrize(("who", "status"), [("an", 404), ("dung", 404), ("minh", 404), ("giang", 200)])
def test_the_province_reads_it(standing, client, who, status):
    client.force_login(getattr(standing, who))
    assert client.get(LIST).status_code == status
    assert client.get(f"{LIST}phu-luc.docx").status_code == status


def test_it_is_narrowed_by_basis_and_words(standing, client):
    client.force_login(standing.giang)
    said = client.get(LIST, {"basis": Basis.CONSENT, "q": "điện thoại"}).content.decode()
    assert "Số điện thoại và địa chỉ" in said
    assert "Nhật ký kiểm tra" not in said
    sheet = b"".join(client.get(LIST, {"export": "csv"}).streaming_content).decode()
    assert all(name in sheet for name in personal)


def test_the_annex_prints_every_processing(standing, client):
    SiteOwner.objects.create(pk=1, name="Hội Khuyến học thành phố Đà Nẵng")
    client.force_login(standing.giang)
    content = client.get(f"{LIST}phu-luc.pdf").content
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    assert "Danh mục hoạt động xử lý dữ liệu cá nhân" in said
    assert "Hội Khuyến học thành phố Đà Nẵng" in said
    assert "Số điện thoại và địa chỉ" in said


def test_the_file_says_of_each_field_why_it_is_not_taken_along(standing, client):
    client.force_login(standing.giang)
    sheet = b"".join(client.get(LIST, {"export": "csv"}).streaming_content).decode()
    why = re.escape(str(personal["membership.User.password"].withheld))
    assert re.search(rf"membership\.User\.password[^:]*: {why}", sheet)
