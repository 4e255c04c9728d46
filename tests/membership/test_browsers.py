import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from membership.browsers import COOKIE, known_as, remember
from membership.models import Contact


@pytest.mark.parametrize(("purpose", "is_known"), [("sign_in", True), ("notices", False)])
def test_a_browser_is_known_by_a_phone_that_signs_in(standing, purpose, is_known):
    Contact.objects.create(person=standing.an.person, kind="phone", value="+84905123456", purpose=purpose)
    request, response = RequestFactory().get("/"), HttpResponse()
    remember(request, response, standing.an)
    request.COOKIES[COOKIE] = response.cookies[COOKIE].value
    assert bool(known_as(request, "+84905123456")) is is_known
    assert known_as(request, "an")
