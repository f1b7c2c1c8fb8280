import datetime as dt

from django.tasks import task
from django.utils import timezone

from . import actions


def purge_later(now: dt.datetime) -> None:
    """Have what is deleted now removed for good once it cannot be brought back."""
    purge_deleted.using(run_after=now + dt.timedelta(days=actions.UNDO_DAYS + 1)).enqueue()


@task
def purge_deleted() -> int:
    """Remove for good what was deleted more than UNDO_DAYS ago, and return how many entries."""
    return actions.purge(before=timezone.now() - dt.timedelta(days=actions.UNDO_DAYS))
