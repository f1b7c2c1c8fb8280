from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.tasks import task
from django.utils import timezone, translation

from backpain.accounts.models import User

from . import jobs, pdf, sharing
from .contents import Options
from .report import report_of


@task
def make_pdf(
    runner_pk: int, uuid: str, first: str, last: str, options: dict[str, bool], paper: str, language: str
) -> None:
    """Make the PDF a runner asked for, in the runner's language; it is deleted after an hour."""
    made: bytes | None = None
    try:
        made = _pdf(
            runner_pk, dt.date.fromisoformat(first), dt.date.fromisoformat(last), options, paper, language
        )
    finally:
        jobs.finish(UUID(uuid), content=made)
        forget_pdf.using(run_after=timezone.now() + jobs.KEPT).enqueue(uuid)


@task
def forget_pdf(uuid: str) -> None:
    """Delete a PDF."""
    jobs.forget(UUID(uuid))


@task
def purge_shares() -> int:
    """Remove for good the links that ended more than KEPT_DAYS ago, and return how many."""
    return sharing.purge(before=timezone.now() - dt.timedelta(days=sharing.KEPT_DAYS))


def purge_shares_after(end: dt.datetime) -> None:
    """Have the links that end at an instant removed when their days are over."""
    purge_shares.using(run_after=end + dt.timedelta(days=sharing.KEPT_DAYS + 1)).enqueue()


def _pdf(
    runner_pk: int, first: dt.date, last: dt.date, options: dict[str, bool], paper: str, language: str
) -> bytes:
    runner = User.objects.get(pk=runner_pk)
    made_on = runner.day_of(timezone.now())
    with translation.override(language):
        report = report_of(runner, first=first, last=last, options=Options(**options), today=made_on)
        return pdf.pdf_of(report, made_on=made_on, paper=paper)
