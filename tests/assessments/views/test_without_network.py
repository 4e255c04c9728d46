import pytest
from django.urls import reverse
from django.utils.translation import gettext


@pytest.mark.django_db
def test_the_page_for_no_network_is_the_same_for_everybody_and_names_nobody(client, standing):
    address = reverse("assessments:without_network")
    seen = [client.get(address)]
    for user in (standing.an, standing.binh):
        client.force_login(user)
        seen.append(client.get(address))
    assert {answer.status_code for answer in seen} == {200}
    assert len({answer.content for answer in seen}) == 1
    page = seen[0].content.decode()
    assert gettext("There is no network") in page
    assert "csrf" not in page
    assert "data-account" not in page
    assert not seen[0].cookies


def test_the_worker_may_look_after_the_whole_site(client, db):
    answer = client.get(reverse("assessments:worker"))
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")
