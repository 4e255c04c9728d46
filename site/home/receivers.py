"""Publishing makes kept pages stale: forget them all, the next visitor draws them anew."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from config import page_cache


def forget_kept_pages(sender: Any, **details: Any) -> None:
    transaction.on_commit(page_cache.clear)


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(forget_kept_pages)
    post_delete.connect(forget_kept_pages, sender=Page)
