from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from backpain.accounts.access import RunnerRequest, consent_required

from . import jobs, tasks
from .forms import USUAL_WEEKS, PdfForm, ReportForm, paper_of
from .libraries import can_make_pdfs
from .report import report_of


@consent_required
@require_safe
def options(request: RunnerRequest) -> HttpResponse:
    """Ask which days the report is about and what is in it."""
    form = ReportForm(today=request.user.day_of(timezone.now()))
    return render(request, "reports/report_options.html", {"form": form})


@consent_required
@require_safe
def report(request: RunnerRequest) -> HttpResponse:
    """Show the report as a page that prints on one sheet."""
    today = request.user.day_of(timezone.now())
    form = ReportForm(request.GET or {"weeks": USUAL_WEEKS}, today=today)
    if not form.is_valid():
        return render(request, "reports/report_options.html", {"form": form}, status=422)
    first, last = form.days
    context = {
        "report": report_of(request.user, first=first, last=last, options=form.options, today=today),
        "made_on": today,
        "chosen": form.cleaned_data,
        "paper": PdfForm(initial={"paper": paper_of(request.user)}) if can_make_pdfs() else None,
    }
    return render(request, "reports/report.html", context)


@consent_required
@require_POST
def ask_for_pdf(request: RunnerRequest) -> HttpResponse:
    """Have the report made as a PDF in the background, and go where it will be."""
    now = timezone.now()
    form, paper = ReportForm(request.POST, today=request.user.day_of(now)), PdfForm(request.POST)
    if not can_make_pdfs():
        raise Http404
    if not (form.is_valid() and paper.is_valid()):
        return render(request, "reports/report_options.html", {"form": form}, status=422)
    asked, (first, last) = jobs.ask(request.user, now=now), form.days
    tasks.make_pdf.enqueue(
        request.user.pk,
        str(asked.uuid),
        first.isoformat(),
        last.isoformat(),
        asdict(form.options),
        paper.cleaned_data["paper"],
        translation.get_language(),
    )
    return redirect("report_pdf", asked.uuid)


@consent_required
@require_safe
def pdf(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Say whether the PDF is made; the page asks again every second, and gets an answer when there is one."""
    asked = get_object_or_404(request.user.pdfs, uuid=uuid)
    is_late = asked.is_late(timezone.now())
    if request.htmx and asked.is_waiting and not is_late:
        return HttpResponse(status=204)
    template = "reports/report_pdf.html"
    context: dict[str, Any] = {"pdf": asked, "is_late": is_late}
    return render(request, f"{template}#state" if request.htmx else template, context)


@consent_required
@require_safe
def pdf_file(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    made = get_object_or_404(request.user.pdfs.exclude(content=None), uuid=uuid)
    response = HttpResponse(made.content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="report.pdf"'
    return response
