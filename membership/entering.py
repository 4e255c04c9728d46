"""Signing up, screen by screen."""

from typing import Any

from allauth.account.views import SignupView
from allauth.core.internal import ratelimit
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from interface.errors import too_many_requests


class SignUpView(SignupView):
    """At most two questions a screen. What earlier screens brought travels in the form itself, hidden: nothing of it is
    kept before all of it is sent. The password, asked for last, is never sent back.
    """

    # Whether somebody is new is asked only of whom the form takes for perhaps on record.
    screens = (("full_name", "birth_year"), ("commune", "is_old_enough", "is_new_here"), ("email", "password1"))
    at = 0

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Counted first: with a commune it asks for records that are alike, and with a password it makes its hash."""
        counted = {"app": "allauth.account", "action": "signup_with_commune"}
        if request.POST.get("commune") and not ratelimit.consume(request, **counted):
            return too_many_requests(request)
        last = len(self.screens) - 1
        sent = request.POST.get("screen", "")
        at = int(sent) if sent in map(str, range(last)) else last
        is_back = "back" in request.POST
        if at == last and not is_back:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        if not is_back and self._is_wrong(form, at):
            return self._show(form, at)
        return self._show(form, max(at - 1, 0) if is_back else at + 1, is_fresh=True)

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """allauth would leave a half of an account behind where it is stopped in the middle."""
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """At the first screen with something to correct."""
        wrong = [at for at in range(len(self.screens)) if self._is_wrong(form, at)]
        return self._show(form, next(iter(wrong), len(self.screens) - 1))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form, shown = context["form"], self.screens[self.at]
        carried = [name for name in form.fields if name in self.request.POST and name not in (*shown, "password1")]
        return context | {
            "shown": [form[name] for name in shown if name in form.fields],
            "carried": [form[name].as_hidden() for name in carried],
            "at": self.at,
            "number": self.at + 1,
            "total": len(self.screens),
        }

    def _is_wrong(self, form: Any, at: int) -> bool:
        return any(name in form.errors for name in self.screens[at])

    def _show(self, form: Any, at: int, *, is_fresh: bool = False) -> HttpResponse:
        """Without the errors of other screens: they are told there."""
        self.at = at
        others = {name for name in form.fields if name not in self.screens[at]}
        for name in [name for name in form.errors if is_fresh or name in others]:
            del form.errors[name]
        return self.render_to_response(self.get_context_data(form=form))
