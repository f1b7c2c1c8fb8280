from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import SignupView
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import logout
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from backpain.accounts import actions
from backpain.accounts.access import RunnerRequest
from backpain.accounts.forms import EraseForm, SettingsForm, SignupForm, WelcomeForm
from backpain.accounts.models import User


class DatedSignupView(SignupView):
    """allauth's sign-up, told the time for the age limit, that survives the same form sent twice at once."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "now": timezone.now()}

    def form_valid(self, form: SignupForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except IntegrityError:
            form.add_error("email", get_adapter().validation_error("email_taken"))
            return self.form_invalid(form)

    def form_invalid(self, form: SignupForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


signup = DatedSignupView.as_view()


@require_http_methods(["GET", "POST"])
def welcome(request: RunnerRequest) -> HttpResponse:
    """Say what this is for and ask for consent, once; afterwards say when it was given."""
    form = WelcomeForm(request.POST if request.method == "POST" else None, initial=_settings_of(request.user))
    if form.is_valid():
        actions.welcome_runner(runner=request.user, now=timezone.now(), **form.place())
        return redirect("start")
    context = {"form": form, "consent": request.user.consents.in_force().first()}
    return render(request, "accounts/welcome.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def settings(request: RunnerRequest) -> HttpResponse:
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        initial=_settings_of(request.user),
        on=request.user.day_of(timezone.now()),
    )
    if form.is_valid():
        actions.change_settings(runner=request.user, **form.cleaned_data)
        messages.info(request, _("Settings saved."))
        return redirect("settings")
    context = {"form": form, "consent": request.user.consents.in_force().first()}
    return render(request, "accounts/settings.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def withdraw_consent(request: RunnerRequest) -> HttpResponse:
    if request.method == "POST":
        actions.withdraw_consent(runner=request.user, now=timezone.now())
        return redirect("withdraw_consent")
    context = {"consent": request.user.consents.in_force().first()}
    return render(request, "accounts/withdraw_consent.html", context)


@rate_limit(action="reauthenticate")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def erase_account(request: RunnerRequest) -> HttpResponse:
    form = EraseForm(request.POST if request.method == "POST" else None, runner=request.user)
    if form.is_valid():
        actions.erase_account(runner=request.user)
        logout(request)
        messages.info(request, _("Your account and everything you logged are erased."))
        response = redirect("today")
        response["Clear-Site-Data"] = '"cache", "storage"'  # what this phone kept goes too
        return response
    return render(
        request, "accounts/erase_account.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _settings_of(runner: User) -> dict[str, Any]:
    """Return what the settings forms start from."""
    return {field: getattr(runner, field) for field in SettingsForm.base_fields}
