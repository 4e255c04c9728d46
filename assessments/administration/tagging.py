"""One screen that gives many questions their topic, difficulty or target group at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from assessments import actions
from assessments.administration.exchange import ExchangeView
from assessments.administration.filters import QuestionFilterSet
from assessments.models import Difficulty, Question
from training_materials.models import Audience, Topic

MOST = 200
_AS_IT_IS = ("", _("Leave as it is"))


class TagForm(forms.Form):
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("Leave as it is")
    )
    difficulty = forms.ChoiceField(label=_("Difficulty"), choices=[_AS_IT_IS, *Difficulty.choices], required=False)
    audience = forms.ChoiceField(label=_("Target group"), choices=[_AS_IT_IS, *Audience.choices], required=False)


class TagManyView(ExchangeView, TemplateView):
    """The questions that the list's filters leave, each with a check box, and what they are to get."""

    page_title = _("Tag many questions")
    header_icon = "tag"
    template_name = "assessments/admin/tag_many.html"

    @cached_property
    def found(self) -> list[Question]:
        questions = Question.objects.for_bank().search(self.request.GET.get("q", ""))
        return list(QuestionFilterSet(self.request.GET, queryset=questions, request=self.request).qs[:MOST])

    @cached_property
    def form(self) -> TagForm:
        return TagForm(self.request.POST or None)

    @cached_property
    def chosen(self) -> list[Question]:
        """All until the trainer has cleared a box."""
        if self.request.method != "POST":
            return self.found
        return [question for question in self.found if str(question.pk) in self.request.POST.getlist("question")]

    @property
    def list_address(self) -> str:
        """With the filters as they stand."""
        query = self.request.GET.urlencode()
        return f"{reverse('question_bank:index')}?{query}" if query else reverse("question_bank:index")

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            count = self._tag()
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return self.render_to_response(self.get_context_data())
        message = ngettext("%(count)d question is tagged.", "%(count)d questions are tagged.", count)
        messages.success(request, message % {"count": count} if count else _("All of them had these tags already."))
        return redirect(self.list_address)

    def _tag(self) -> int:
        if not self.chosen:
            raise ValidationError(_("Nothing was changed: tick at least one question."))
        if not any(self.form.cleaned_data.values()):
            raise ValidationError(_("Nothing was changed: choose a topic, a difficulty or a target group."))
        by: Any = self.request.user
        return actions.tag_questions(questions=self.chosen, **self.form.cleaned_data, by=by, at=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "questions": self.found,
            "chosen": self.chosen,
            "form": self.form,
            "most": MOST,
            "list_address": self.list_address,
        }
