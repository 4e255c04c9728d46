"""What search engines may list: published pages that anyone can read."""

import datetime

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.models import HomePage, PlainPage
from training_materials.models import CourseIndexPage, CoursePage, LessonPage, LibraryPage, MaterialPage

_KINDS = (HomePage, PlainPage, LibraryPage, MaterialPage, CourseIndexPage, CoursePage, LessonPage)


class PageSitemap(Sitemap):
    limit = 5000

    def items(self) -> PageQuerySet:
        closed = LessonPage.objects.filter(is_open=False).values("pk")
        readable = Page.objects.live().public().type(*_KINDS).exclude(pk__in=closed)
        return readable.only("url_path", "last_published_at").order_by("path")

    def location(self, item: Page) -> str:
        # Addresses are paths here: the home page is the root of the only site.
        return "/" + item.url_path.split("/", 2)[2]

    def lastmod(self, item: Page) -> datetime.datetime | None:
        return item.last_published_at
