"""What an administrator says of who answers for the site, wherever people read it."""

import io

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from home.models import PlainPage
from learning.tracking.certificates.words import COURSES
from learning.tracking.models import CourseCertificate, Enrolment
from membership.actions import print_slip
from membership.slips.paper import pdf_of_slips
from papers.attestation import pdf_of_attestation
from papers.codes import new_code
from tests.factories.pages import add_course, page_tree, publish
from tests.factories.people import add_user

NAME, PHONE, EMAIL = "Hội Khuyến học tỉnh Bắc Ninh", "0222 123 456", "hoi@bacninh.example"


@pytest.fixture
def kept(client, standing, django_capture_on_commit_callbacks):
    """With a logo, at the first step of setting up."""
    tree = page_tree()
    publish(tree.home, PlainPage(title="Trợ giúp", slug="tro-giup", body=[]))
    client.get("/lien-he/")
    logo = Image.objects.create(title="Biểu trưng", file=get_test_image_file(size=(200, 100)))
    client.force_login(add_user("quan-tri", "Quản trị", is_superuser=True))
    with django_capture_on_commit_callbacks(execute=True):
        said = {"name": NAME, "email": EMAIL, "phone": PHONE, "logo": logo.pk}
        assert client.post(reverse("beginning:owner"), said).status_code == 302
    client.logout()
    return tree


@pytest.mark.parametrize("path", ["/", "/lien-he/", "/tro-giup/"])
def test_pages_say_it_at_their_head_and_foot_and_where_people_look_for_help(client, kept, path):
    page = client.get(path).content.decode()
    head, foot = page.partition("<main")[0], page.partition("</main>")[2]
    assert NAME in head
    assert 'class="logo__picture" src="/media/' in head
    assert f'href="mailto:{EMAIL}"' in foot
    assert page.count(PHONE) == (1 if path == "/" else 2)
    assert path != "/" or f'<p class="overline">{NAME}</p>' in page


def test_letters_say_who_writes(kept):
    letter = render_to_string("account/email/email_confirmation_message.txt", {"activate_url": "https://…"})
    assert letter.rstrip().endswith(f"{NAME}\n{PHONE} · {EMAIL}")


def test_slips_say_who_helps(kept, standing):
    code = new_code()
    slip = print_slip(person=standing.an.person, code=code, by=standing.chi, at=timezone.now())
    assert f"Cần giúp: {NAME} · {PHONE}" in _text(pdf_of_slips([(slip, code)]))


def test_certificates_bear_name_and_logo(kept, standing):
    course = add_course(kept.course_index, "Kỹ năng số")
    finished = Enrolment(person=standing.an.person, course=course)
    given = CourseCertificate(enrolment=finished, course_title=course.title, issued_at=timezone.now(), code="AB12")
    paper = pdf_of_attestation(COURSES.paper_of(given, "https://…/"))
    assert NAME.upper() in _text(paper)
    assert PdfReader(io.BytesIO(paper)).pages[0].images


def _text(paper):
    return " ".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
