import pytest
from django.utils import timezone

from evaluation.criteria.models import EvidenceRule
from evaluation.dossiers.actions import OwnEntry, open_dossier, save_own
from search.queries.needs import needs_of
from tests.factories.evaluation import sample_criteria
from tests.factories.pages import add_material
from tests.search.asking import index_now
from training_materials.models import Topic

pytestmark = pytest.mark.usefixtures("each_engine")


@pytest.fixture
def weak(tree, standing):
    """An's dossier of this year, strong but for the indicator of digital skills."""
    sample_criteria()
    said = {"by": standing.an, "at": timezone.now()}
    dossier = open_dossier(person=standing.an.person, year=timezone.localdate().year, **said)
    entries = [OwnEntry(number, 2 if number == 5 else 8) for number in range(1, 11)]
    return save_own(dossier=dossier, entries=entries, **said)


def test_the_weakest_indicators_of_the_open_dossier_are_what_one_needs(weak, standing):
    (need,) = needs_of(standing.an, timezone.localdate())
    assert (need.number, need.points, need.maximum) == ("5", 2, 10)


def test_others_and_visitors_need_nothing(weak, standing, client):
    assert needs_of(standing.chi, timezone.localdate()) == []


def test_what_serves_a_weak_indicator_comes_first_with_the_reason(weak, standing, tree, client):
    slug = EvidenceRule.objects.filter(indicator__number=5).exclude(topic="").values_list("topic", flat=True).first()
    topic = Topic.objects.create(name="Kỹ năng số", slug=slug)
    add_material(tree.materials, "Sổ tay học tập: phần chung")
    add_material(tree.materials, "Sổ tay", text="học tập trên mạng", topics=[topic])
    index_now()
    client.force_login(standing.an)
    response = client.get("/tim-kiem/", {"q": "học tập"})
    (first,) = response.context["results"].for_you
    assert first.hit.url == "/tai-lieu/so-tay/"
    assert "2 trên 10 điểm" in response.content.decode()
    assert first.hit.key not in [hit.key for hit in response.context["results"].hits]
