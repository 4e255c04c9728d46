"""Who answers for the site."""

import datetime

from django.db import transaction
from wagtail.images.models import Image
from wagtail.log_actions import log

from interface.models import SiteOwner
from membership.models import User
from membership.policy import Action, require


@transaction.atomic
def keep_owner(*, name: str, email: str, phone: str, logo: Image | None, by: User, at: datetime.datetime) -> SiteOwner:
    """From now on this stands on pages, in letters and on papers, whatever the environment says."""
    require(by, Action.SET_UP)
    told = {"name": name, "email": email, "phone": phone, "logo": logo}
    kept, _is_new = SiteOwner.objects.update_or_create(pk=1, defaults=told)
    log(instance=kept, action="membership.keep_owner", user=by, title="owner of the site")
    return kept
