"""An officer freezes the year's report, notes that it went up, and freezes a second version; axe looks at each page."""

import pytest
from django.utils import timezone

from evaluation.reporting.actions import load_targets
from evaluation.reporting.models import FrozenReport
from tests.browser.conftest import Visitor, say
from tests.factories.way import Way

pytestmark = pytest.mark.browser


@pytest.mark.slow(reason="One walk: freeze, send, put right.")
def test_a_report_is_frozen_sent_and_put_right(way: Way, visitor):
    load_targets(by=None, at=timezone.now())
    unit, year = way.standing.association.code, timezone.localdate().year
    dung = visitor()
    dung.come_back("dung")
    dung.open(f"/bao-cao/{year}/{unit}/")
    dung.press("Freeze a version", role="link")
    dung.page.locator("[name=remarks]").fill("Thiếu máy tính cho người lớn tuổi.")
    _freeze(dung, 1)
    dung.page.locator("summary").filter(has_text=say("Send it, or note that it was sent")).click()
    dung.press("Note the sending")
    assert "Hội Khuyến học thành phố Đà Nẵng" in dung.text()

    dung.open(f"/bao-cao/{year}/{unit}/chot/")
    dung.page.locator("[name=reason]").fill("Bổ sung đề xuất.")
    _freeze(dung, 2)
    assert "Bổ sung đề xuất." in dung.text()
    assert list(FrozenReport.objects.order_by("number").values_list("number", "sendings__way")) == [
        (1, "documents"),
        (2, None),
    ]


def _freeze(officer: Visitor, number: int) -> None:
    label = say("Freeze version %(number)s") % {"number": number}
    officer.follow(officer.page.get_by_role("button", name=label))
