import uuid

import pytest

from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import provenance
from membership.models import Person


class TestObserving:
    def test_an_officer_notes_what_they_saw(self, client, standing):
        client.force_login(standing.chi)
        page = client.get("/minh-chung/ghi-nhan/", {"q": "Tran Thi An"}).content.decode()
        assert standing.an.person.code in page
        typed = {"title": "Hướng dẫn hàng xóm", "occurred_on": "2026-05-04", "text": "Ba buổi", "token": uuid.uuid4()}
        for _twice in range(2):
            client.post(f"/minh-chung/ghi-nhan/{standing.an.person.code}/", typed)
        evidence = Evidence.objects.get()
        assert (evidence.kind, evidence.person, evidence.entered_by) == ("observation", standing.an.person, "assisted")

    def test_a_paper_entered_for_a_person_is_marked(self, client, standing):
        client.force_login(standing.chi)
        typed = {"kind": "declaration", "title": "Dự ngày hội", "occurred_on": "2026-05-04", "token": uuid.uuid4()}
        client.post(f"/minh-chung/ghi-nhan/{standing.an.person.code}/giay-to/", typed)
        assert "cán bộ nhập" in provenance(Evidence.objects.get())

    @pytest.mark.parametrize(("who", "about"), [("chi", "chi"), ("ha", "an"), ("an", "chi"), ("giang", "an")])
    def test_not_about_oneself_nor_out_of_reach(self, client, standing, who, about):
        client.force_login(getattr(standing, who))
        person = Person.objects.get(user__username=about)
        assert client.get(f"/minh-chung/ghi-nhan/{person.code}/").status_code == 404
