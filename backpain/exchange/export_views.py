"""The account as files to take along, and an archive brought in again."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backpain.accounts.access import RunnerRequest, consent_required

from . import export, restore, tasks
from .export_forms import ArchiveForm, DoneForm, FhirForm, RestoreForm
from .formats import fhir, ical, tables
from .formats.archives import Account
from .formats.tables import TABLES


@require_safe
def export_account(request: RunnerRequest) -> HttpResponse:
    """Say what can be taken along, in which formats, and who can read them."""
    context = {
        "tables": TABLES.items(),
        "fhir": FhirForm(auto_id="fhir_%s"),
        "done": DoneForm(auto_id="done_%s"),
        "has_consent": request.user.consents.in_force().exists(),
        "form": ArchiveForm(runner=request.user),
    }
    return render(request, "exchange/export.html", context)


@require_safe
def export_archive(request: RunnerRequest) -> HttpResponse:
    return _file(export.archive_of(request.user), "account.zip", "application/zip")


@require_safe
def export_history(request: RunnerRequest) -> HttpResponse:
    """Hand out the runner's entries as a file of the history contract."""
    return _file(export.history_of(Account(request.user)), "history.json", "application/json")


@require_safe
def export_table(request: RunnerRequest, name: str) -> HttpResponse:
    if name not in TABLES:
        raise Http404
    content = tables.written(TABLES[name], Account(request.user))
    return _file(content, f"{name}.csv", "text/csv; charset=utf-8")


@require_safe
def export_fhir(request: RunnerRequest) -> HttpResponse:
    form = FhirForm(request.GET)
    form.is_valid()
    content = fhir.bundle_of(Account(request.user), **form.cleaned_data)
    return _file(content, "fhir.json", "application/fhir+json")


@require_safe
def export_calendar(request: RunnerRequest) -> HttpResponse:
    form = DoneForm(request.GET)
    form.is_valid()
    content = ical.calendar_of(request.user, **form.cleaned_data)
    return _file(content, "done.ics", "text/calendar; charset=utf-8")


@consent_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore_file(request: RunnerRequest) -> HttpResponse:
    """Take an archive in, and go to the page that shows what would come of it."""
    if request.method != "POST":
        return _file_page(request, ArchiveForm(runner=request.user))
    form, now = ArchiveForm(request.POST, request.FILES, runner=request.user), timezone.now()
    if not form.is_valid():
        return _file_page(request, form)
    content = form.cleaned_data["file"].read()
    waiting = restore.keep(runner=request.user, content=content, now=now, is_checked=True)
    tasks.forget_archives.using(run_after=now + restore.KEPT + dt.timedelta(minutes=1)).enqueue()
    return redirect("restore", waiting.uuid)


@consent_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore_archive(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Show what would come in of an archive, and bring it in."""
    now, waiting = timezone.now(), get_object_or_404(request.user.waiting_archives, uuid=uuid)
    form = RestoreForm(request.POST if request.method == "POST" else None)
    try:
        archive = restore.opened(waiting)
        if not form.is_valid():
            context = {
                "waiting": waiting,
                "look": restore.look_at(archive, runner=request.user, now=now),
                "form": form,
            }
            return render(request, "exchange/restore.html", context)
        counts = restore.restore(runner=request.user, archive=archive, now=now, **form.cleaned_data)
    except restore.Refused as refused:
        return _file_page(request, ArchiveForm(runner=request.user), problem=str(refused))
    waiting.delete()
    messages.success(request, _came_in(counts))
    return redirect("today")


@consent_required
@require_POST
def discard_restore(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    get_object_or_404(request.user.waiting_archives, uuid=uuid).delete()
    return redirect("export_account")


def _came_in(counts: list[restore.Counted]) -> str:
    entries = [count for count in counts if count.is_entry]
    new, known = sum(count.new for count in entries), sum(count.known for count in entries)
    words = ngettext("%(n)s entry came in.", "%(n)s entries came in.", new) % {"n": new}
    if not known:
        return words
    there = ngettext("%(n)s was there already.", "%(n)s were there already.", known) % {"n": known}
    return _("%(came_in)s %(there)s") % {"came_in": words, "there": there}


def _file_page(request: RunnerRequest, form: ArchiveForm, *, problem: str = "") -> HttpResponse:
    context = {"form": form, "problem": problem}
    status = 422 if form.is_bound or problem else 200
    return render(request, "exchange/restore_file.html", context, status=status)


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
