"""What owners can look up: how this site is set, without any secret, and how its advice was found to be."""

from __future__ import annotations

import platform
from typing import NamedTuple

import django
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from backpain.coach.decision import Verdict
from backpain.coach.thresholds import ENGINE

from .queries import LEAST_ANSWERS, LEAST_RUNNERS, what_runners_said
from .rulesets import in_force
from .words.reasons import VERDICTS

MAY_SEE = "accounts.change_user"
KEEPS_RULES = "plan.view_ruleset"
MAIL = {
    "console": gettext_lazy("printed where the server runs: nobody gets it"),
    "filebased": gettext_lazy("written to files: nobody gets it"),
    "locmem": gettext_lazy("kept in memory: nobody gets it"),
    "smtp": gettext_lazy("sent"),
}


class Setting(NamedTuple):
    """`variable` is the one of the environment that sets it, "" where none does."""

    name: str
    value: str
    variable: str = ""


@require_safe
def site_settings(request: HttpRequest) -> HttpResponse:
    """Show how the site is set, to owners."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    context = {**admin.site.each_context(request), "title": _("How this site is set"), "rows": _settings()}
    return TemplateResponse(request, "plan/site_settings.html", context)


@require_safe
def hindsight(request: HttpRequest) -> HttpResponse:
    """Show owners, and who keeps the rulesets, how right advice was found to be, over all runners together."""
    if not (request.user.has_perm(MAY_SEE) or request.user.has_perm(KEEPS_RULES)):
        raise PermissionDenied
    said, left_out = what_runners_said()
    context = {
        **admin.site.each_context(request),
        "title": _("Looking back, was it right?"),
        "said": [(one, VERDICTS[Verdict[one.verdict.upper()]]) for one in said],
        "left_out": left_out,
        "least_answers": LEAST_ANSWERS,
        "least_runners": LEAST_RUNNERS,
    }
    return TemplateResponse(request, "plan/hindsight.html", context)


def _settings() -> list[Setting]:
    mail = settings.MAILERS["default"]["BACKEND"].split(".")[-2]
    return [
        Setting(_("Name of the product"), settings.PRODUCT_NAME, "PRODUCT_NAME"),
        Setting(_("Hosts"), ", ".join(settings.ALLOWED_HOSTS), "ALLOWED_HOSTS"),
        Setting(_("Only over https"), _("yes") if settings.HTTPS else _("no"), "HTTPS"),
        Setting(_("Languages"), ", ".join(str(name) for _code, name in settings.LANGUAGES), "LANGUAGES"),
        Setting(_("Database"), connection.display_name, "DATABASE_URL"),
        Setting(_("Mail"), str(MAIL.get(mail, mail)), "EMAIL_URL"),
        Setting(_("Sender of mail"), settings.DEFAULT_FROM_EMAIL, "DEFAULT_FROM_EMAIL"),
        Setting(_("Ruleset in force"), in_force().name),
        Setting(_("Version of the rules"), ENGINE),
        Setting("Django", django.get_version()),
        Setting("Python", platform.python_version()),
    ]
