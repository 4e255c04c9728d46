"""A province moves in: from an empty production database to the first title, through the pages that people use."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from evaluation.dossiers.models import Deadline
from membership.models import Person, PossibleDouble, Unit, UnitKind
from tests.browser.conftest import PASSWORD, Visitor, say
from tests.browser.judging import assess_oneself, recognise, review
from tests.browser.moving_in import (
    OFFICERS,
    PEOPLE,
    carry_out,
    last_of_year,
    offices,
    open_account,
    print_slips,
    read_file,
    roster,
    set_up_second_factor,
    sign_in_by_code,
    units_file,
)
from tests.factories.recognition import second_recogniser

pytestmark = pytest.mark.browser


@pytest.mark.slow(reason="One walk: each part stands on what the one before it has left.")
@pytest.mark.parametrize("width", ["desktop"], indirect=True)
def test_a_province_moves_in(transactional_db, visitor, monkeypatch):
    """The administrator sits at a desk; officers and who gets the title have nothing but their phones."""
    _install(monkeypatch)
    administrator = visitor()
    _begin(administrator)
    units = _bring_in_units(administrator)
    _bring_in_people(administrator, units["association"])
    _give_offices(administrator, units)
    chi, dung, lan = _open_offices(administrator, visitor)
    _decide_doubles(dung)
    _is_set_up(administrator)
    phone = _let_in(chi, visitor("phone"))
    for somebody in (phone, chi, dung, lan):
        somebody.asks_axe = False  # from here on test_whole_way has asked
    assess_oneself(phone)
    review(chi)
    review(dung)
    second = visitor("phone")
    second.come_back(second_recogniser(units["commune"]).username)
    title = recognise(lan, second)
    phone.open(f"/xac-minh/{title.code}/")
    assert "Trần Thị Hòa" in phone.text()


def _install(monkeypatch) -> None:
    """As the README has it: these commands, and no other row."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    with transaction.atomic():
        call_command("load_reference", "Đà Nẵng", stdout=io.StringIO())
        call_command(
            "createsuperuser", username="quan-tri", email="quan-tri@example.vn", interactive=False, verbosity=0
        )


def _begin(administrator: Visitor) -> None:
    """Signed in for the first time, along the guide: who we are, the last day for handing in, a letter."""
    page = administrator.page
    administrator.open("/tai-khoan/login/?next=/quan-tri/")
    page.locator("[name=login]").fill("quan-tri")
    page.locator("[name=password]").fill(PASSWORD)
    administrator.press("Sign in")
    set_up_second_factor(administrator)
    _step(administrator, "Who we are")
    page.locator("[name=name]").fill("Hội Khuyến học thành phố Đà Nẵng")
    page.locator("[name=phone]").fill("0236 123 456")
    page.locator("[name=email]").fill("hoi@example.vn")
    administrator.press("Save")
    _step(administrator, "Deadlines")
    page.locator("[name=deadline-unit]").fill(Unit.objects.get(kind=UnitKind.PROVINCE, valid_to=None).name)
    page.locator("[name=deadline-last_day]").fill(last_of_year().isoformat())
    administrator.press("Set the day")
    assert Deadline.objects.get().unit.kind == UnitKind.PROVINCE
    _step(administrator, "Channels")
    administrator.press("Send a test to %(address)s", address="quan-tri@example.vn")
    administrator.shoot("province-channels")


def _step(administrator: Visitor, title: str) -> None:
    administrator.open(reverse("beginning:guide"))
    administrator.press(title, role="link")


def _bring_in_units(administrator: Visitor) -> dict[str, Unit]:
    """The chapters of one commune; gives the units of those who will hold an office."""
    commune = Unit.objects.filter(kind=UnitKind.COMMUNE).order_by("path")[0]
    association = commune.get_children().get(kind=UnitKind.ASSOCIATION)
    read_file(administrator, reverse("unit_file:upload"), "chi-hoi.csv", units_file(association))
    administrator.shoot("province-units")
    carry_out(administrator)
    return {"commune": commune, "association": association, "chapter": Unit.objects.get(code="CH1")}


def _bring_in_people(administrator: Visitor, association: Unit) -> None:
    read_file(administrator, reverse("roster:upload"), "hoi-vien.csv", roster(), unit=association.name)
    administrator.shoot("province-roster")
    carry_out(administrator)
    assert Person.objects.count() == PEOPLE


def _give_offices(administrator: Visitor, units: dict[str, Unit]) -> None:
    read_file(administrator, reverse("role_list:upload"), "vai-tro.csv", offices(units))
    administrator.shoot("province-officers")
    carry_out(administrator)


def _open_offices(administrator: Visitor, visitor) -> list[Visitor]:
    """Slips for them all on one paper, and each at the desk that their office opens."""
    codes = print_slips(administrator, "Nguyễn Công")
    officers = [visitor("phone") for _name in OFFICERS]
    for officer, code in zip(officers, codes, strict=True):
        officer.asks_axe = officer is officers[0]  # the others come through the same pages
        open_account(officer, code, 1970)
        officer.asks_axe = True
    administrator.open("/phieu-dang-nhap/?q=Nguyễn Công")
    administrator.shoot("province-slips")
    return officers


def _decide_doubles(officer: Visitor) -> None:
    """What the night has found: of one woman one record stays, two cousins stay two."""
    call_command("tick", only=["find_doubles"], stdout=io.StringIO())
    _decide(officer, "Hòa", "one")
    _decide(officer, "Lộc", "apart")
    assert list(Person.objects.exclude(merged_into=None).values_list("full_name", flat=True)) == ["Trần Hòa"]
    assert PossibleDouble.objects.get(state="apart").one.full_name == "Phạm Quốc Lộc"


def _decide(officer: Visitor, name: str, decision: str) -> None:
    officer.open(reverse("doubles:index"))
    officer.follow(officer.page.get_by_role("link", name=name).first)
    if decision == "one":
        officer.shoot("province-doubles")
    officer.page.locator(f"[name=decision][value={decision}]").check()
    officer.follow(officer.page.locator("#w-editor-form button[type=submit]"))


def _let_in(officer: Visitor, phone: Visitor) -> Visitor:
    """A woman without an e-mail address, by her officer's slip; afterwards the code of the person signs in."""
    hoa = Person.objects.get(full_name="Trần Thị Hòa")
    (code,) = print_slips(officer, hoa.code)
    open_account(phone, code, 1962)
    assert hoa.full_name in phone.text()
    sign_in_by_code(phone, hoa)
    assert phone.page.url.endswith("/hoc-tap/")
    return phone


def _is_set_up(administrator: Visitor) -> None:
    """But for the communes that come later: their chapters, their officers."""
    administrator.open(reverse("beginning:guide"))
    administrator.shoot("province-guide")
    missing = administrator.page.locator("li", has=administrator.page.locator("h2 .icon-warning")).all_inner_texts()
    assert [text.split(" – ")[0].strip() for text in missing] == [say("Units"), say("Officers")]
