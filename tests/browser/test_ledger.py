"""The ledger's pages in a real browser: a member, officers, and a visitor who checks a seal; axe looks at each page."""

import datetime
import json
import uuid

import pytest
from django.utils import timezone

from learning.evidence.actions import declare, seal
from learning.evidence.kinds import Kind
from learning.evidence.ledger.log import signed
from learning.evidence.models import Checkpoint, Evidence
from learning.sessions.actions import hold_session
from learning.sessions.codes import code_at
from tests.badges.test_shape import badge
from tests.browser.conftest import Visitor, say
from tests.factories.way import Way

pytestmark = pytest.mark.browser


@pytest.mark.slow(reason="One walk through a session, the ledger and its register, each page asked by axe.")
def test_ledger(way: Way, visitor):
    an, dung, now = way.standing.an, way.standing.dung, timezone.now()
    declared = declare(
        person=an.person, kind=Kind.EXTERNAL_CERTIFICATE, title="Chứng chỉ tin học", occurred_at=now,
        details={"issuer": "Trung tâm"}, upload=None, token=uuid.uuid4(), by=an, at=now,
    )  # fmt: skip
    session = hold_session(
        token=uuid.uuid4(), unit=way.standing.association, title="Nói chuyện chuyên đề", place="Nhà văn hóa",
        starts_at=now - datetime.timedelta(minutes=5), ends_at=now + datetime.timedelta(hours=2), topics=[], by=dung,
        at=now,
    )  # fmt: skip
    seal(at=now)
    _member(visitor(), declared, session)
    _officer(visitor(), session)
    _stranger(visitor())


def _member(an: Visitor, declared: Evidence, session) -> None:
    an.come_back("an")
    an.open(f"/diem-danh/{session.pk}/{code_at(session.pk, timezone.now())}/")
    an.press("I am here: check in")
    assert session.title in an.text()
    for verb in ("niem-phong", "sua", "rut"):
        an.open(f"/minh-chung/{declared.pk}/{verb}/")
    an.open("/diem-danh/")
    an.open("/minh-chung/ho-so/")
    an.open("/minh-chung/ho-so/nhap/")
    strange = json.dumps(badge(issuer={"id": "https://example.edu/7", "name": "Trường nghề"}, proof={"type": "Rsa"}))
    an.page.set_input_files(
        "input[type=file]", {"name": "a.json", "mimeType": "application/json", "buffer": strange.encode()}
    )
    an.press("Show what the file would add")


def _officer(dung: Visitor, session) -> None:
    dung.come_back("dung")
    dung.open("/minh-chung/xac-nhan/")
    dung.press("I have seen it: confirm")
    for page in ("", "them/", f"{session.pk}/", f"{session.pk}/ma/", f"{session.pk}/nhap/"):
        dung.open(f"/buoi-tap-huan/to-chuc/{page}")
    dung.open("/minh-chung/ghi-nhan/?q=an")
    dung.follow(dung.page.get_by_role("link", name=say("An observation")).first)


def _stranger(citizen: Visitor) -> None:
    citizen.open("/minh-chung/niem-phong/?cu=1&moi=1")
    citizen.page.locator("textarea[name=text]").fill(signed(Checkpoint.objects.get(number=1)).text)
    citizen.press("Check")
    assert "Khớp" in citizen.text()
