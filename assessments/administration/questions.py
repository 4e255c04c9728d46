"""Screens of the question bank: choose a kind, write, duplicate, edit, see as learners do, retire or delete."""

import secrets
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from assessments import actions
from assessments.administration.permissions import BankPage
from assessments.forms.questions import QuestionForm, form_of
from assessments.kinds import KINDS
from assessments.models import Question, QuestionVersion, Response
from assessments.results.attempts import items_of
from interface.office import ToldInFormMixin
from interface.vietnamese import fold


class ChooseKindView(BankPage, TemplateView):
    """What kind of question is it to be?"""

    page_title = gettext_lazy("New question")
    template_name = "assessments/admin/choose_kind.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pool = self.request.GET.get("pool", "")
        into = f"?pool={pool}" if pool.isdecimal() else ""
        kinds = [
            {"label": kind.label, "rule": kind.rule, "url": reverse("question_bank:add_kind", args=[kind.key]) + into}
            for kind in KINDS.values()
        ]
        return super().get_context_data(**kwargs) | {"kinds": kinds}


class SavesQuestion(ToldInFormMixin):
    """What writing and editing share: the form of the kind, a draft or a version, and the preview beside it."""

    kind: str
    version: QuestionVersion | None
    template_name = "assessments/admin/question_form.html"
    success_message = gettext_lazy("The question is saved.")
    error_message = gettext_lazy("The question is not saved yet: something below needs correcting.")
    submit_button_label = gettext_lazy("Save question")

    @property
    def is_draft(self) -> bool:
        return "draft" in self.request.POST

    def get_form_class(self) -> type[QuestionForm]:
        if self.kind not in KINDS:
            raise Http404
        return form_of(self.kind)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"version": self.version, "is_draft": self.is_draft}  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        live_preview = reverse("question_bank:live_preview", args=[self.kind])
        return super().get_context_data(**kwargs) | {"live_preview": live_preview, "kind": self.kind}  # type: ignore[misc]

    def get_success_message(self, instance: Question | None = None) -> str:
        if self.is_draft:
            return _("The draft is kept. No quiz draws it before you save it as a question.")
        return str(self.success_message)

    def save_as(self, slug: str) -> Question:
        cleaned = self.form.cleaned_data
        by, at = self.request.user, timezone.now()
        action = actions.save_draft if self.is_draft else partial(actions.save_question, media=self._kept_media(by, at))
        question = action(
            slug=slug,
            topic=cleaned["topic"],
            kind=self.kind,
            prompt=cleaned["prompt"],
            body=cleaned["body"],
            feedback=cleaned["feedback"],
            difficulty=cleaned["difficulty"],
            audience=cleaned["audience"],
            pool=cleaned["pool"],
            by=by,
            at=at,
        )
        return actions.point_to_lesson(
            question=question, lesson=cleaned["lesson"], heading=cleaned["heading"], by=by, at=at
        )

    def _kept_media(self, by: Any, at: datetime) -> list[dict[str, Any]]:
        """The chosen pictures and sounds, copied."""
        keep = {
            "picture": lambda file: actions.keep_picture(image=file, by=by, at=at),
            "sound": lambda file: actions.keep_sound(document=file, by=by, at=at),
        }
        return [
            {"name": keep[source.chooser](source.file).name, "alt": source.alt, "place": source.place}
            for source in self.form.cleaned_data["sources"]
        ]


class QuestionCreateView(SavesQuestion, generic.CreateView):
    submit_button_active_label = gettext_lazy("Saving…")
    version: QuestionVersion | None = None

    @cached_property
    def kind(self) -> str:  # type: ignore[override]
        return str(self.kwargs["kind"])

    def get_add_url(self) -> str:
        return reverse("question_bank:add_kind", args=[self.kind])

    def get_page_subtitle(self) -> str:
        return str(KINDS[self.kind].label) if self.kind in KINDS else ""

    def get_initial(self) -> dict[str, Any]:
        """Who comes from a course's pool writes into it."""
        pool = self.request.GET.get("pool", "")
        return super().get_initial() | ({"pool": pool} if pool.isdecimal() else {})

    def save_instance(self) -> Question:
        start = slugify(fold(self.form.cleaned_data["prompt"]))[:60].strip("-")
        return self.save_as(f"{start}-{secrets.token_hex(3)}")


class QuestionCopyView(QuestionCreateView):
    """The form filled in from another question; saving makes a new one."""

    @cached_property
    def source(self) -> Question:
        return get_object_or_404(Question.objects.select_related("current"), pk=self.kwargs["pk"])

    @cached_property
    def version(self) -> QuestionVersion | None:  # type: ignore[override]
        return self.source.draft_version or self.source.current

    @cached_property
    def kind(self) -> str:  # type: ignore[override]
        return self.version.kind if self.version else ""

    def get_initial(self) -> dict[str, Any]:
        names = ("topic_id", "pool_id", "difficulty", "audience", "lesson_id", "heading")
        kept = {name.removesuffix("_id"): getattr(self.source, name) for name in names}
        return kept | (self.source.draft["tags"] if self.source.draft else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"copied": self.version}


class QuestionEditView(SavesQuestion, generic.EditView):
    @cached_property
    def version(self) -> QuestionVersion | None:  # type: ignore[override]
        """The draft if there is one: its writer goes on where they stopped."""
        return self.object.draft_version or self.object.current

    @cached_property
    def kind(self) -> str:  # type: ignore[override]
        return self.version.kind if self.version else ""

    def get_initial(self) -> dict[str, Any]:
        return dict(self.object.draft["tags"]) if self.object.draft else {}

    def get_page_subtitle(self) -> str:
        return Truncator(str(self.version)).chars(80)

    def get_success_message(self, instance: Question | None = None) -> str:
        is_first = self.object.current is None or self.object.current.number == 1
        if self.is_draft or is_first:
            return super().get_success_message(instance)
        return _("The question is saved. Attempts that were begun keep the earlier version.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = items_of(self.object, self.request.user)
        return super().get_context_data(**kwargs) | {"item": items.get(self.object.current_id)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "discard" not in request.POST:
            return super().post(request, *args, **kwargs)
        question = self.get_object()
        actions.discard_draft(question=question, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("The draft is discarded."))
        return redirect("question_bank:edit", question.pk)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        addresses = [
            (_("See as learners do"), reverse("question_bank:preview", args=[self.object.pk]), "view"),
            (_("Versions and use"), reverse("question_bank:versions", args=[self.object.pk]), "history"),
            (_("Make a copy"), self.get_copy_url(), "copy"),
            (_("Retire or delete"), self.get_delete_url(), "bin"),
        ]
        return [
            Button(label, url=url, icon_name=icon, priority=place)
            for place, (label, url, icon) in enumerate(addresses)
            if url
        ]

    def save_instance(self) -> Question:
        return self.save_as(self.object.slug)


class QuestionWithdrawView(generic.DeleteView):
    """Retire, use again, or delete: what is possible depends on whether learners were asked the question."""

    page_title = gettext_lazy("Retire or delete")
    template_name = "assessments/admin/withdraw.html"

    def get_page_subtitle(self) -> str:
        return Truncator(str(self.object.current or self.object.draft_version)).chars(80)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        count = Response.objects.filter(version__question=self.object).count()
        return super().get_context_data(**kwargs) | {"question": self.object, "asked_count": count}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        ways = {
            "retire": (actions.retire_question, _("The question is retired: no quiz draws it any more.")),
            "restore": (actions.restore_question, _("The question is in use again.")),
            "delete": (actions.delete_question, _("The question is deleted.")),
        }
        action, message = ways.get(self.request.POST.get("way", ""), (None, ""))
        if action is None:
            return redirect(self.get_delete_url())
        try:
            action(question=self.object, by=self.request.user, at=timezone.now())
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
            return redirect(self.get_delete_url())
        messages.success(self.request, message)
        return redirect(self.get_success_url())
