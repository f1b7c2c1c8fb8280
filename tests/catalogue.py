"""The shipped catalogue for tests: loaded once a process, then copied row by row, which takes a tenth of the time."""

import datetime as dt

import time_machine
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from backpain.accounts.actions import set_up_roles
from backpain.exercises.models import Source

LOADED_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # before whatever a test does to it
_loaded: list[list] = []


@transaction.atomic  # links may be copied before what they link
def put_catalogue():
    """Put into the database what load_catalogue puts there, if it is not there yet."""
    if Source.objects.exists():
        return
    if not _loaded:
        with time_machine.travel(LOADED_AT, tick=False):
            call_command("load_catalogue", verbosity=0)
        _loaded.extend(list(model._base_manager.all()) for model in _models())
        return
    for rows in _loaded:
        if rows:
            rows[0]._meta.base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
    set_up_roles()


def _models():
    """Return the tables of the catalogue, its links and histories."""
    return list(apps.get_app_config("exercises").get_models(include_auto_created=True))
