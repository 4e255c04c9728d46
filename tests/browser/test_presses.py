"""Officers' jobs, counted in presses: of buttons, links and boxes; what is typed counts apart."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from evaluation.dossiers.models import Dossier
from evaluation.recognition.models import Decision
from tests.browser.conftest import say
from tests.factories.evaluation import another_member
from tests.factories.recognition import dossier_scored

pytestmark = pytest.mark.browser
PEOPLE, MOST = 30, 6
TYPED = {"number": "30/QĐ-UBND", "signer_name": "Nguyễn Thành Công", "signer_title": "CHỦ TỊCH"}


class Presses:
    """Counts what is pressed on the page, by pointer or by key."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.expose_function("pressed", self._pressed)
        page.add_init_script(
            "addEventListener('click', ({ target }) => target.closest('a, button, [type=checkbox]') && pressed(), true)"
        )

    def _pressed(self) -> None:
        self.count += 1


@pytest.fixture
def waiting(way) -> list[Dossier]:
    """Thirty who are ready, and one of whom new evidence has not been looked at."""
    world = way.standing
    people = [another_member(world.chapter, number) for number in range(PEOPLE + 1)]
    dossiers = [dossier_scored(person, world) for person in people]
    Dossier.objects.filter(pk=dossiers[0].pk).update(stale_since=timezone.now())
    return dossiers


def test_a_recogniser_issues_a_decision_of_thirty(waiting, visitor):
    """From their home; whom something stands against is named there with the reason, one press from their dossier."""
    lan = visitor()
    lan.come_back("lan")
    presses = Presses(lan.page)
    lan.open("/danh-gia/")
    row = lan.page.get_by_role("row", name=waiting[0].person.full_name)
    expect(row).to_contain_text(say("Later evidence"))
    assert row.get_by_role("link").first.get_attribute("href") == f"/danh-gia/ho-so/{waiting[0].pk}/"
    lan.press("Put all who are ready on a decision")
    _fill(lan.page)
    lan.press("Issue the decision")
    assert Decision.objects.get().lines.count() == PEOPLE
    assert not Decision.objects.get().is_draft
    assert presses.count <= MOST


def test_some_of_the_rows_by_keys_alone(waiting, visitor):
    lan = visitor("desktop")
    lan.come_back("lan")
    lan.open("/danh-gia/")
    page = lan.page
    page.locator("thead [data-choose-all]").press(" ")
    chosen = page.locator("[data-chosen]")
    expect(chosen).to_have_text("Đã chọn: 24/24")  # of the first page; one is not ready
    page.locator(f"#choose-{waiting[1].pk}").press(" ")
    expect(chosen).to_contain_text("23/24")
    assert page.locator("thead [data-choose-all]").evaluate("(box) => box.indeterminate")
    with page.expect_navigation():
        page.get_by_role("button", name=say("Put the chosen ones on a decision")).press("Enter")
    assert Decision.objects.get().lines.count() == 23
    _fill(page)
    with page.expect_navigation():
        page.locator("[name=signer_title]").press("Enter")
    assert not Decision.objects.get().is_draft


def _fill(page: Page) -> None:
    for name, text in TYPED.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=signed_on]").fill(timezone.localdate().isoformat())
