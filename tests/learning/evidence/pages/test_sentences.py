import itertools

import pytest

from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from learning.evidence.pages.sentences import provenance


@pytest.mark.parametrize(
    ("source", "verification", "entered"), list(itertools.product(Source, Verification, EnteredBy))
)
def test_every_provenance_has_its_sentence(source, verification, entered):
    assert provenance(Evidence(source=source, verification=verification, entered_by=entered)).endswith(".")


def test_assisted_is_never_hidden_where_a_person_declares():
    for source in (Source.SELF, Source.EXTERNAL):
        own, assisted = (
            provenance(Evidence(source=source, verification=Verification.NONE, entered_by=entered))
            for entered in (EnteredBy.OWN_ACCOUNT, EnteredBy.ASSISTED)
        )
        assert own != assisted
