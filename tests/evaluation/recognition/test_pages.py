import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import draft_decision, revoke
from evaluation.recognition.models import Decision, DecisionLine, Title
from membership.models import FileAccess
from tests.factories.evaluation import AT, YEAR, another_member
from tests.factories.recognition import dossier_scored, in_effect, take_effect, title_of
from tests.queries import assert_constant_queries

SIGNATURE = {
    "number": "125/QĐ-UBND",
    "signed_on": "2026-11-20",
    "signer_name": "Lan",
    "signer_title": "Chủ tịch",
    "bases": "Căn cứ Quyết định số 677/QĐ-TTg ngày 03 tháng 6 năm 2022;",
}


def address(name, *arguments, **named):
    return reverse(f"recognition:{name}", args=arguments, kwargs=named)


def draft_of(standing, *dossiers):
    return draft_decision(unit=standing.commune, year=YEAR, dossiers=dossiers, by=standing.lan, at=AT)


def test_recogniser_walks_from_ready_dossiers_to_titles(world, client):
    dossier = dossier_scored(world.an, world)
    client.force_login(world.lan)
    assert reverse("dossiers:queue") in client.get(address("decisions")).text
    assert world.an.person.full_name in client.get(reverse("dossiers:queue")).text
    drafted = client.post(address("draft"), {"dossier": [dossier.pk]})
    decision = Decision.objects.get()
    assert drafted.url == decision.get_absolute_url()
    page = client.get(drafted.url)
    assert world.an.person.full_name in page.text
    seen = {"seen": page.context["form"]["seen"].value()}
    issued = client.post(address("issue", decision.pk), SIGNATURE | seen, follow=True)
    assert not Title.objects.exists()
    assert 'name="copy"' in issued.text
    take_effect(decision, by=world.lan, at=timezone.now())
    assert Title.objects.get().number in client.get(drafted.url).text
    again = client.post(address("issue", decision.pk), SIGNATURE)
    assert again.status_code == 302
    assert Title.objects.count() == 1


def test_a_wrong_signature_is_explained_and_what_was_typed_stays(world, client):
    decision = draft_of(world, dossier_scored(world.an, world))
    client.force_login(world.lan)
    seen = {"seen": client.get(decision.get_absolute_url()).context["form"]["seen"].value()}
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    for signed_on in (tomorrow.isoformat(), "hôm qua"):
        response = client.post(address("issue", decision.pk), SIGNATURE | seen | {"signed_on": signed_on})
        assert response.status_code == 422
        assert response.context["form"].errors["signed_on"]
        assert "125/QĐ-UBND" in response.text


def test_all_who_are_ready_in_what_is_filtered_come_on_the_list_and_who_holds_the_title_is_named(world, client):
    first, titled, _other = (dossier_scored(another_member(world.chapter, number), world) for number in (1, 11, 2))
    twin = title_of(another_member(world.chapter, 3), world)
    Title.objects.filter(pk=twin.pk).update(identity=titled.person)
    client.force_login(world.lan)
    asked = reverse("dossiers:queue") + "?q=ng%C6%B0%E1%BB%9Di+1"
    page = client.post(asked, {"do": "all"}, follow=True)
    assert [line.dossier for line in Decision.objects.get(issued_at=None).lines.all()] == [first]
    assert titled.person.full_name in str(next(iter(page.context["messages"])))


def test_each_obstacle_on_a_list_leads_to_the_dossier(world, client):
    dossier = dossier_scored(world.an, world)
    decision = draft_of(world, dossier, dossier_scored(another_member(world.chapter, 1), world))
    Dossier.objects.filter(pk=dossier.pk).update(stale_since=AT)
    client.force_login(world.lan)
    page = client.get(decision.get_absolute_url())
    assert page.text.count(reverse("dossiers:review", args=[dossier.pk])) == 2  # in the list, and where it is issued
    assert [line.dossier_id for line, _told in page.context["against"]] == [dossier.pk]


@pytest.mark.parametrize("chosen", [[], ["x"], ["99999999999999999999999"], ["12345"]])
def test_a_choice_of_nothing_known_leads_back_with_a_message(world, client, chosen):
    client.force_login(world.lan)
    response = client.post(address("draft"), {"dossier": chosen}, follow=True)
    assert response.redirect_chain == [(reverse("dossiers:queue"), 302)]
    assert not Decision.objects.exists()


def test_a_refused_choice_says_whose_dossier_and_why(world, client):
    dossier = dossier_scored(world.an, world, ("8",) * 9 + ("7.5",))
    client.force_login(world.lan)
    response = client.post(address("draft"), {"dossier": [dossier.pk]}, follow=True)
    assert world.an.person.full_name in response.text


def test_a_line_is_taken_off_by_a_button(world, client):
    decision = draft_of(world, dossier_scored(world.an, world))
    client.force_login(world.lan)
    for _time in range(2):
        client.post(address("remove", decision.pk, DecisionLine.objects.values_list("pk", flat=True).first() or 1))
    assert not decision.lines.exists()
    assert client.get(decision.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["an", "binh", "ha"])
def test_strangers_learn_of_no_decision(world, client, name):
    decision = in_effect(world, dossier_scored(world.an, world))
    client.force_login(getattr(world, name))
    for page in (
        decision.get_absolute_url(),
        address("people", pk=decision.pk, kind="csv"),
        address("revoke", decision.pk, Title.objects.get().pk),
    ):
        assert client.get(page).status_code == 404


def test_officers_below_see_the_issued_decision_about_their_people_but_no_draft(world, client):
    dossier = dossier_scored(world.an, world)
    decision = draft_of(world, dossier)
    client.force_login(world.chi)
    assert client.get(decision.get_absolute_url()).status_code == 404
    in_effect(world, dossier)
    page = client.get(decision.get_absolute_url())
    assert world.an.person.full_name in page.text
    assert address("revoke", decision.pk, Title.objects.get().pk) not in page.text


def test_those_who_may_only_look_cannot_change(world, client):
    decision = draft_of(world, dossier_scored(world.an, world))
    client.force_login(world.giang)
    assert client.get(decision.get_absolute_url()).status_code == 200
    assert client.post(address("issue", decision.pk), SIGNATURE).status_code == 403
    assert client.post(address("remove", decision.pk, decision.lines.get().pk)).status_code == 403


def test_visitors_are_led_to_sign_in(world, client):
    for page in (address("decisions"), address("mine"), address("certificate", "K7MN-3HPC-XA4T")):
        assert client.get(page).status_code == 302


def test_revoking_asks_first_and_says_why_it_refuses(world, client):
    title = title_of(world.an, world)
    page = address("revoke", title.decision_id, title.pk)
    client.force_login(world.lan)
    assert title.person.full_name in client.get(page).text
    assert client.post(page, {"reason": " "}).status_code == 422
    assert not Title.objects.get().is_revoked
    assert client.post(page, {"reason": "Minh chứng sai"}, follow=True).status_code == 200
    assert Title.objects.get().is_revoked
    assert client.get(page).status_code == 200


def test_list_opens_again_as_xlsx_with_numbers(world, client):
    decision = in_effect(world, dossier_scored(world.an, world))
    client.force_login(world.lan)
    response = client.get(address("people", pk=decision.pk, kind="xlsx"))
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    person = next(row for row in rows if row[1] == "Trần Thị An")
    assert (person[0], person[2], person[4], person[5]) == (1, 1960, 80, "01-125/QĐ-UBND")


def test_list_as_csv_begins_with_a_byte_order_mark_and_defuses_formulas(world, client):
    world.an.person.full_name = "=1+1"
    world.an.person.save()
    decision = in_effect(world, dossier_scored(world.an, world))
    client.force_login(world.lan)
    content = client.get(address("people", pk=decision.pk, kind="csv")).getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    assert ",'=1+1," in content.decode()
    taken = ModelLogEntry.objects.get(action="interface.export_list")
    assert (taken.user, taken.data["rows"]) == (world.lan, 1)


def test_a_citizen_sees_their_titles_with_seal_and_certificate(world, client):
    title = title_of(world.an, world)
    client.force_login(world.an)
    page = client.get(address("mine")).text
    assert title.number in page
    assert address("certificate", title.code) in page
    paper = client.get(address("certificate", title.code))
    assert paper["Content-Type"] == "application/pdf"
    assert "no-store" in paper["Cache-Control"]
    assert not FileAccess.objects.exists()


def test_an_officer_who_opens_a_certificate_is_noted(world, client):
    title = title_of(world.an, world)
    client.force_login(world.dung)
    assert client.get(address("certificate", title.code.lower())).status_code == 200
    assert FileAccess.objects.get().person == title.person


@pytest.mark.parametrize("name", ["ha", "binh"])
def test_others_learn_nothing_of_a_certificate(world, client, name):
    title = title_of(world.an, world)
    client.force_login(getattr(world, name))
    assert client.get(address("certificate", title.code)).status_code == 404


def test_a_revoked_certificate_is_refused_with_the_reason(world, client):
    title = title_of(world.an, world)
    revoke(title=title, reason="Minh chứng sai", by=world.lan, at=AT)
    client.force_login(world.an)
    response = client.get(address("certificate", title.code))
    assert response.status_code == 410
    assert "Minh chứng sai" in response.text
    assert "Minh chứng sai" in client.get(address("mine")).text


def test_lists_ask_the_same_number_of_queries_for_more_people(world, client):
    client.force_login(world.lan)
    draft = draft_of(world, dossier_scored(world.an, world))
    dossier_scored(another_member(world.chapter, 1), world)

    def more_on_the_draft():
        draft_of(world, *[dossier_scored(another_member(world.chapter, n), world) for n in (2, 3)])

    def more_waiting():
        dossier_scored(another_member(world.chapter, 4), world)

    assert_constant_queries(lambda: client.get(draft.get_absolute_url()), more_on_the_draft)
    assert_constant_queries(lambda: client.get(address("decisions")), more_waiting)


def test_an_issued_decision_asks_the_same_number_of_queries_for_more_people(world, client):
    client.force_login(world.lan)
    small = in_effect(world, dossier_scored(world.an, world), number="1/QĐ")
    dossiers = [dossier_scored(another_member(world.chapter, n), world) for n in (1, 2, 3)]
    large = in_effect(world, *dossiers, number="2/QĐ")
    pages = [small.get_absolute_url()]
    assert_constant_queries(lambda: client.get(pages[0]), lambda: pages.__setitem__(0, large.get_absolute_url()))
