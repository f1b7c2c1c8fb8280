import datetime as dt

from django.tasks import task
from django.utils import timezone

from . import actions


@task
def purge_deleted() -> int:
    """Remove for good what was deleted more than UNDO_DAYS ago, and return how many entries."""
    return actions.purge(before=timezone.now() - dt.timedelta(days=actions.UNDO_DAYS))
