"""What a trainer's form for an activity refuses."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from membership.models import User
from tests.factories.activities import add_activity
from tests.factories.packages import QUESTION_SCRIPT, content, let_in, library, package, packed
from tests.factories.people import add_user

REFUSED = "không ai có thể đạt điểm đỗ"


@pytest.fixture
def administrator(standing, private_files) -> User:
    return add_user("quantri", "Quản Trị", is_superuser=True)


@pytest.fixture
def essay(standing, administrator):
    script = QUESTION_SCRIPT + "\nH5P.Essay = H5P.Tiny;"
    file = packed(content(main="H5P.Essay 1.5"), library("H5P.Essay", (1, 5, 1), script=script))
    return let_in(file, by=standing.binh, administrator=administrator).package


def sent(page, package):
    return nested_form_data(
        {"title": page.title, "slug": page.slug, "summary": "", "minutes": 5, "is_required": "on", "introduction": "",
         "package": package.pk, "completion": "passed", "pass_mark": 80}
    )  # fmt: skip


def test_a_pass_mark_is_refused_where_nobody_can_recompute_the_score(client, school, standing, administrator, essay):
    client.force_login(administrator)
    page = add_activity(school.course, essay)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert REFUSED in client.post(edit, sent(page, essay) | {"action-publish": "1"}).content.decode()
    page.refresh_from_db()
    assert page.completion == "played"
    question = let_in(package(), by=standing.binh, administrator=administrator).package
    assert client.post(edit, sent(page, question) | {"action-publish": "1"}).status_code == 302
    page.refresh_from_db()
    assert (page.completion, page.package) == ("passed", question)


def test_a_draft_keeps_it_and_an_activity_that_has_it_warns(client, school, administrator, essay):
    client.force_login(administrator)
    page = add_activity(school.course, essay)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(edit, sent(page, essay)).status_code == 302
    page.completion = "passed"
    page.save()
    assert REFUSED in client.get(edit).content.decode()
