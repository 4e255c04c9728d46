from types import SimpleNamespace

import pytest
from django.utils import timezone

from evaluation.recognition.actions import draft_decision, issue
from tests.evaluation.recognition.signing import world_of
from tests.factories.evaluation import AT, sample_criteria
from tests.factories.recognition import dossier_scored
from tests.laid import laid_once


@pytest.fixture
@laid_once
def world(standing):
    """The standing people, with criteria and chains in force."""
    sample_criteria()
    return standing


@pytest.fixture
def signing(world, settings, tmp_path):
    """An issued decision, and whom the operator trusts."""
    dossier = dossier_scored(world.an, world)
    draft = draft_decision(unit=world.commune, year=AT.year, dossiers=[dossier], by=world.lan, at=AT)
    told = {
        "number": "125/QĐ-UBND",
        "signed_on": timezone.localdate(AT),
        "signer_name": "Trần Thị Lan",
        "signer_title": "Chủ tịch",
    }
    decision = issue(decision=draft, by=world.lan, at=AT, **told)
    with decision.paper.open("rb") as paper:
        keys = world_of(paper.read())
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    (tmp_path / "root.crt").write_bytes(keys.root.der)
    for place, revoked in enumerate(keys.trust.revoked):
        (tmp_path / f"{place}.crl").write_bytes(revoked)
    return SimpleNamespace(decision=decision, keys=keys, lan=world.lan, world=world)
