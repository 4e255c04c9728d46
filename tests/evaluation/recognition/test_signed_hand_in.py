"""The whole way of a digitally signed decision: through the page, from issued to in effect."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluation.recognition.actions import hand_in
from evaluation.recognition.actions.digital import hand_in_signed
from evaluation.recognition.models import Decision, SignedCopy, Title, Way
from evaluation.recognition.refusals import Reason
from learning.evidence.files import inspect
from tests.evaluation.recognition.forging import forgeries
from tests.evaluation.recognition.signing import NOW, signed
from tests.factories.recognition import scan_of, second_recogniser

SAID = "Trần Thị Lan"


def test_a_good_file_brings_the_decision_into_effect_and_the_page_says_who_signed(signing, client):
    client.force_login(signing.lan)

    page = _handed_in(client, signing, signing.keys.good)

    decision = Decision.objects.get()
    assert (decision.is_in_effect, decision.way) == (True, Way.DIGITAL)
    assert Title.objects.count() == 1
    assert "theo đồng hồ của người ký; đã kiểm tra thu hồi" in page
    assert f"{SAID} (Ủy ban nhân dân phường Hội An)" in page


def test_each_forged_file_is_refused_on_the_page_with_its_reason_and_changes_nothing(signing, client):
    client.force_login(signing.lan)

    for name, (reason, make) in forgeries().items():
        if reason == Reason.OTHER_PAPER:  # another file: its own signatures and its text are looked at
            continue
        page = _handed_in(client, signing, make(signing.keys))

        expected = "PDF" if reason == Reason.NOT_PDF else str(reason.label).partition("%(")[0][:40]
        assert expected in page, name
        assert Decision.objects.get().is_awaiting, name

    assert not SignedCopy.objects.exists()
    assert not Title.objects.exists()


def test_a_trusted_signature_of_somebody_else_is_not_that_of_whom_the_decision_names(signing):
    file = signed(signing.keys.issued, signing.keys.minh.tool())

    with pytest.raises(ValidationError, match=f"{SAID}.*Lê Minh"):
        _act(signing, file)

    assert not Title.objects.exists()


def test_handed_in_twice_it_takes_effect_once(signing):
    for _time in range(2):
        _act(signing, signing.keys.good)

    assert (SignedCopy.objects.count(), Title.objects.count()) == (1, 1)


def test_who_may_not_recognise_hands_nothing_in(signing):
    with pytest.raises(PermissionDenied):
        _act(signing, signing.keys.good, by=signing.world.dung)


def test_while_a_scan_waits_for_a_second_officer_nothing_else_is_handed_in(signing):
    hand_in(decision=signing.decision, upload=scan_of(signing.decision), by=signing.lan, at=NOW)

    with pytest.raises(ValidationError):
        _act(signing, signing.keys.good, by=second_recogniser(signing.world.commune))


def test_without_trusted_authorities_the_page_does_not_ask_for_a_signed_file(signing, client, settings):
    settings.SIGNATURE_TRUST_DIR = ""
    client.force_login(signing.lan)

    page = client.get(signing.decision.get_absolute_url()).content.decode()

    assert reverse("recognition:hand_in_signed", args=[signing.decision.pk]) not in page


def _handed_in(client, signing, file: bytes) -> str:
    address = reverse("recognition:hand_in_signed", args=[signing.decision.pk])
    upload = SimpleUploadedFile("quyet-dinh.pdf", file, "application/pdf")
    return client.post(address, {"signed": upload}, follow=True).content.decode()


def _act(signing, file: bytes, by=None):
    upload = inspect(ContentFile(file, name="quyet-dinh.pdf"), limit=10_000_000)
    return hand_in_signed(
        decision=signing.decision, upload=upload, trust=signing.keys.trust, by=by or signing.lan, at=NOW
    )
