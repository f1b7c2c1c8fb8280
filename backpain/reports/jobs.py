"""PDFs that are asked for, made and forgotten. A runner has one at a time."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from backpain.accounts.models import User

from .models import Pdf

KEPT = dt.timedelta(hours=1)  # the project's choice: long enough to save it, short for health data


@transaction.atomic
def ask(runner: User, *, now: dt.datetime) -> Pdf:
    """Note that a runner asked for a PDF, in place of the one asked for before."""
    runner.pdfs.all().delete()
    return runner.pdfs.create(asked_at=now)


def finish(uuid: UUID, *, content: bytes | None) -> None:
    """Keep the PDF that was asked for, None where it could not be made; one nobody waits for is let go."""
    Pdf.objects.filter(uuid=uuid).update(content=content, failed=content is None)


def forget(uuid: UUID) -> None:
    Pdf.objects.filter(uuid=uuid).delete()
