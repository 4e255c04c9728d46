import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from interface.models import SiteOwner
from interface.owner import Owner, owner
from membership.actions import keep_owner


def keep(by, phone):
    told = {"name": "Hội Khuyến học tỉnh Bắc Ninh", "email": "hoi@bacninh.example", "phone": phone, "logo": None}
    return keep_owner(**told, by=by, at=timezone.now())


def test_environment_is_told_until_the_site_knows_better(administrator, settings, django_capture_on_commit_callbacks):
    settings.CONTACT = {"name": "Hội", "email": "", "phone": "0236 1"}
    assert owner() == Owner("Hội", "", "0236 1")
    settings.CONTACT = {"name": "Hội", "email": "", "phone": "0236 2"}
    assert owner().phone == "0236 2"
    with django_capture_on_commit_callbacks(execute=True):
        keep(administrator, "0222 123 456")
        keep(administrator, "0222 999 999")
    assert owner() == Owner("Hội Khuyến học tỉnh Bắc Ninh", "hoi@bacninh.example", "0222 999 999")
    assert SiteOwner.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="membership.keep_owner", user=administrator).count() == 2


def test_only_who_sets_the_site_up_says_who_answers_for_it(standing):
    with pytest.raises(PermissionDenied):
        keep(standing.giang, "0222 123 456")
