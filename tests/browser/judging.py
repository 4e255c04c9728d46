"""From a dossier to a title, through the pages: one's own scores, the bodies, the decision."""

from django.utils import timezone
from playwright.sync_api import expect

from evaluation.recognition.models import Title
from tests.browser.conftest import Visitor


def assess_oneself(person: Visitor) -> None:
    person.open("/ho-so/")
    person.press("Begin", role="link")
    person.press("Begin")
    person.press("Go on with indicator %(number)s", role="link", number=1)
    for _number in range(1, 11):
        person.page.locator(".ladder label", has=person.page.locator("input[value='8']")).click()
        person.follow(person.page.locator("#saved ~ .actions button[value=next]"))
    person.press("Look over the dossier and hand it in", role="link")
    person.press("Hand in")
    expect(person.page.locator("main")).to_contain_text("8")


def review(officer: Visitor) -> None:
    officer.open("/danh-gia/")
    officer.follow(officer.page.locator("main a[href*='/danh-gia/ho-so/']").first)
    if officer.page.locator("button[value=accept]").count():
        officer.page.locator("textarea[name=reason]").fill("Có giấy tờ bản gốc tại chi hội.")
        officer.follow(officer.page.locator("button[value=accept]"))
    officer.follow(officer.page.locator("button[value=forward]"))


def recognise(recogniser: Visitor, second: Visitor) -> Title:
    """Issued, signed on paper, handed in, and confirmed by a second officer of the body."""
    recogniser.open("/danh-gia/")
    recogniser.page.locator("input[name=dossier]").first.check()
    recogniser.press("Put the chosen ones on a decision")
    recogniser.page.locator("input[name=number]").fill("12/QĐ-UBND")
    recogniser.page.locator("input[name=signed_on]").fill(timezone.localdate().isoformat())
    recogniser.page.locator("input[name=signer_name]").fill("Nguyễn Thành Công")
    recogniser.page.locator("input[name=signer_title]").fill("CHỦ TỊCH")
    recogniser.press("Issue the decision")
    scan = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 scan"}
    recogniser.page.locator("input[type=file][name=copy]").set_input_files(scan)
    recogniser.press("Hand in the signed copy")
    second.open(recogniser.page.url.partition("#")[0].removeprefix(second.address))
    second.press("Yes, it shows all this: let it take effect")
    return Title.objects.get()
