"""The shipped catalogue for tests: loaded once a process, and copied where a test emptied the database."""

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
_statements: list[tuple] = []  # what writes `_loaded`


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
    if not _statements:
        with connection.execute_wrapper(_keep):
            _copy()
    else:
        with connection.cursor() as cursor:
            for sql, params in _statements:
                cursor.execute(sql, params)
    set_up_roles()


def _copy():
    for rows in _loaded:
        if rows:
            rows[0]._meta.base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _keep(execute, sql, params, many, context):
    bound = getattr(context["cursor"], "mogrify", None)  # PostgreSQL's: to bind takes longer than to run
    _statements.append((bound(sql, params), None) if bound else (sql, params))
    return execute(sql, params, many, context)


def _models():
    """Return the tables of the catalogue, its links and histories."""
    return list(apps.get_app_config("exercises").get_models(include_auto_created=True))
