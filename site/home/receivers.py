"""What makes something kept stale: publishing the pages, a role what its person may do."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from config import page_cache
from home.navigation import forget_powers
from interface.models import SiteOwner
from interface.owner import remember_owner
from membership.models import Membership
from training_materials.models import Package


def forget_kept_pages(sender: Any, **details: Any) -> None:
    transaction.on_commit(page_cache.clear)


def renew_owner(sender: Any, **details: Any) -> None:
    """Who answers first: a page made before that would be kept with the old one."""
    transaction.on_commit(remember_owner)
    forget_kept_pages(sender)


def forget_powers_of_holder(sender: Any, instance: Membership, **details: Any) -> None:
    transaction.on_commit(partial(forget_powers, instance.person_id))


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(forget_kept_pages)
    post_delete.connect(forget_kept_pages, sender=Page)
    for changed in (post_save, post_delete):
        changed.connect(renew_owner, sender=SiteOwner)
        changed.connect(renew_owner, sender=get_image_model())  # it may be the logo
        changed.connect(forget_kept_pages, sender=Package)
        changed.connect(forget_kept_pages, sender=PageViewRestriction)
        changed.connect(forget_powers_of_holder, sender=Membership)
