from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from backpain.accounts.access import RunnerRequest, consent_required

from . import actions, claims, restore, tasks
from .actions import Sent
from .forms import ChoiceForm, ImportForm
from .models import Import, State
from .page import dry_run, stored
from .queries import counts_of, imports_of
from .upload import Receiver, receive, why_not_read


@csrf_exempt  # what a form sends is not read before it is known where to; `_take` checks the token
@consent_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_files(request: RunnerRequest) -> HttpResponse:
    """Ask for files and take them in, without looking into them; list the imports there were."""
    if request.method != "POST":
        return _files_page(request, ImportForm())
    receiver = receive(request)
    if refusal := why_not_read(request, receiver):
        form = ImportForm({})
        form.refuse(refusal)
        return _files_page(request, form)
    return _take(request, receiver)


@csrf_protect
def _take(request: RunnerRequest, receiver: Receiver) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES, too_large=receiver.too_large)
    if not form.is_valid():
        return _files_page(request, form)
    now, files = timezone.now(), form.cleaned_data["files"]
    if form.archive:
        waiting = restore.keep(runner=request.user, content=form.archive.read(), now=now)
        tasks.forget_archives.using(run_after=now + restore.KEPT + dt.timedelta(minutes=1)).enqueue()
        return redirect("restore", waiting.uuid)
    sent = [Sent(file.name, file) for file in files]
    sent += [Sent(name, None, "too_large") for name in receiver.too_large]
    try:
        batch = actions.begin(runner=request.user, sent=sent, now=now)
    except actions.TooManyOpen:
        form.refuse("too_many_open")
        return _files_page(request, form)
    tasks.get_on_with.enqueue(batch.pk)
    tasks.purge_unconfirmed_later(now)
    return redirect("import", batch.uuid)


def _files_page(request: RunnerRequest, form: ImportForm) -> HttpResponse:
    now = timezone.now()
    rows = [(batch, batch.can_be_undone(now)) for batch in imports_of(request.user)]
    context = {"form": form, "imports": rows}
    return render(request, "exchange/import_files.html", context, status=422 if form.is_bound else 200)


@consent_required
@require_safe
def import_page(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Show how far an import is, what would come in, or what came in; have it taken up again where it stands."""
    now, batch = timezone.now(), _found(request, uuid)
    if batch.is_working:
        return _progress(request, batch, now)
    if request.htmx:
        return HttpResponseClientRedirect(reverse("import", args=[uuid]))
    if batch.state == State.READY:
        return _dry_run(request, batch)
    context = {
        "batch": batch,
        "can_be_undone": batch.can_be_undone(now),
        **stored(batch, runner=request.user, now=now),
    }
    return render(request, "exchange/import_stored.html", context)


def _progress(request: RunnerRequest, batch: Import, now: dt.datetime) -> HttpResponse:
    if claims.ask_again(batch, now=now):
        tasks.get_on_with.enqueue(batch.pk)
    template = "exchange/import_progress.html" + ("#progress" if request.htmx else "")
    return render(request, template, {"batch": batch})


def _dry_run(request: RunnerRequest, batch: Import) -> HttpResponse:
    form = ChoiceForm(request.GET)
    return render(request, "exchange/import.html", {"dry_run": dry_run(batch, **form.shown_page())})


@consent_required
@require_POST
def choose_imported(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Keep which activities are to come in, and go to the page that was asked for."""
    batch, form = _found(request, uuid), ChoiceForm(request.POST)
    form.keep(batch)
    if request.htmx:
        chosen = {"batch": batch, "counts": counts_of(batch)}
        return render(request, "exchange/import.html#chosen", {"dry_run": chosen})
    page = form.shown_page()
    return redirect(reverse("import", args=[uuid], query={"show": page["shown"], "page": page["page"]}))


@consent_required
@require_POST
def confirm_import(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Have what was chosen stored."""
    now, batch, form = timezone.now(), _found(request, uuid), ChoiceForm(request.POST)
    form.keep(batch)
    if actions.confirm(batch, now=now):
        tasks.get_on_with.enqueue(batch.pk)
        tasks.purge_stored_later(now)
    return redirect("import", uuid)


@consent_required
@require_POST
def discard_import(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    actions.discard(_found(request, uuid))
    return redirect("import_files")


@consent_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo_import(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Say what would leave the log, and take it out."""
    now, batch = timezone.now(), _found(request, uuid)
    if request.method == "POST":
        actions.undo(batch, now=now)
        return redirect("import", uuid)
    if not batch.can_be_undone(now):
        return redirect("import", uuid)
    context = {"batch": batch, **stored(batch, runner=request.user, now=now)}
    return render(request, "exchange/import_undo.html", context)


def _found(request: RunnerRequest, uuid: UUID) -> Import:
    batch: Import = get_object_or_404(request.user.imports, uuid=uuid)
    return batch
