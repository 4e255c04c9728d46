import datetime

import pytest
from django.utils import timezone

from membership.models import ConsentText
from tests.factories.people import add_user


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def administrator(standing):
    """Runs the machine; nobody's record."""
    user = add_user("quantri", "Dương Quốc Quản", is_superuser=True)
    user.person = None
    user.save()
    return user


@pytest.fixture
def consent_text(db, at):
    return ConsentText.objects.create(
        version="2026-1", text="Chúng tôi giữ họ tên.", published_at=at - datetime.timedelta(days=1)
    )
