from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backpain.accounts.access import RunnerRequest, consent_required
from backpain.training.models import Shoe

from . import actions
from .forms import ShoeForm
from .page import page_of
from .queries import runs_naming


@consent_required
@require_GET
def shoes(request: RunnerRequest) -> HttpResponse:
    """Show how far every pair of shoes went, and on what ground."""
    return _page(request, _form(request, initial={"started_on": _today(request)}))


@consent_required
@require_POST
def add_shoe(request: RunnerRequest) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        added = actions.add_shoe(runner=request.user, **form.cleaned_data)
    except actions.NameTaken:
        return _page(request, _taken(form))
    messages.success(request, _("%(name)s is added.") % {"name": added.name})
    return redirect("shoes")


@consent_required
@require_http_methods(["GET", "POST"])
def shoe(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Show a pair of shoes in its form, and change what is known of it."""
    found = _found(request, uuid)
    sent = request.POST if request.method == "POST" else None
    form = _form(request, sent, initial=ShoeForm.initial_of(found))
    if not form.is_valid():
        return _shoe_page(request, found, form)
    try:
        actions.change_shoe(found, **form.cleaned_data, now=timezone.now())
    except actions.NameTaken:
        return _shoe_page(request, found, _taken(form))
    messages.success(request, _("Saved."))
    return redirect("shoes")


@consent_required
@require_POST
def retire_shoe(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    actions.retire_shoe(_found(request, uuid), now=timezone.now())
    return redirect("shoes")


@consent_required
@require_POST
def bring_back_shoe(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    actions.bring_back_shoe(_found(request, uuid), now=timezone.now())
    return redirect("shoes")


@consent_required
@require_POST
def delete_shoe(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Delete a pair that no run names; of another, say how many do."""
    found = _found(request, uuid)
    try:
        actions.delete_shoe(found)
    except actions.StillNamed:
        return _shoe_page(request, found, _form(request, initial=ShoeForm.initial_of(found)), refused=True)
    messages.success(request, _("%(name)s is deleted.") % {"name": found.name})
    return redirect("shoes")


def _found(request: RunnerRequest, uuid: UUID) -> Shoe:
    return get_object_or_404(request.user.shoes, uuid=uuid)


def _today(request: RunnerRequest) -> dt.date:
    return request.user.day_of(timezone.now())


def _form(request: RunnerRequest, data: Any = None, **options: Any) -> ShoeForm:
    return ShoeForm(data, units=request.user.units, today=_today(request), **options)


def _taken(form: ShoeForm) -> ShoeForm:
    form.add_error("name", _("You have another pair of this name."))
    return form


def _page(request: RunnerRequest, form: ShoeForm) -> HttpResponse:
    context = {"form": form, "page": page_of(request.user, on=_today(request))}
    return render(request, "training/shoes.html", context, status=422 if form.is_bound else 200)


def _shoe_page(request: RunnerRequest, found: Shoe, form: ShoeForm, *, refused: bool = False) -> HttpResponse:
    context = {"form": form, "shoe": found, "named_by": runs_naming(found), "refused": refused}
    status = 422 if form.is_bound or refused else 200
    return render(request, "training/shoe.html", context, status=status)
