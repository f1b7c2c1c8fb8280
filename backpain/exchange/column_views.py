from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backpain.accounts.access import RunnerRequest, consent_required

from . import actions, mappings, tasks
from .column_forms import ColumnsForm
from .formats.csv import Table
from .models import State


@consent_required
@require_http_methods(["GET", "POST"])
def map_columns(request: RunnerRequest, uuid: UUID, number: int) -> HttpResponse:
    """Ask what the columns of a table mean, then have it read; again where it was read before."""
    runner, batch = request.user, get_object_or_404(request.user.imports, uuid=uuid)
    file = batch.files.filter(upload_number=number, table__isnull=False).first()
    if batch.state != State.READY or file is None:
        return redirect("import", batch.uuid)
    table = Table.from_json(file.table)
    form = ColumnsForm(
        request.POST or None,
        table=table,
        suggested=mappings.suggested(runner, table),
        units=runner.units,
    )
    if not form.is_valid():
        context = {"batch": batch, "file": file, "table": table, "form": form}
        return render(request, "exchange/columns.html", context, status=422 if form.is_bound else 200)
    mappings.remember(runner=runner, table=table, mapping=form.mapping())
    actions.read_again(batch, number=number, now=timezone.now())
    tasks.get_on_with.enqueue(batch.pk)
    return redirect("import", batch.uuid)
