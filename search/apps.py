from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from interface import page_parts
        from search import dictionary, receivers
        from search.sources.pages import register_pages
        from search.sources.questions import register_questions

        page_parts.scripts.append("search/suggest.js")
        register_pages()
        register_questions()
        receivers.connect()
        dictionary.connect()
