"""The writers of shoes; runs make new ones by naming them (training.actions). The coach hears a shoe's name, and
whether it is retired, so a change of those is followed by a review of the runner's today."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from backpain.accounts.models import User
from backpain.training.models import Shoe
from backpain.training.review import lock, review

from .queries import runs_naming


class NameTaken(Exception):
    """The runner has another shoe of this name."""


class StillNamed(Exception):
    """Runs name the shoe, so it stays."""


@transaction.atomic
def add_shoe(*, runner: User, name: str, started_on: dt.date | None, start_m: float) -> Shoe:
    runner = lock(runner)
    _refuse_taken(runner, name)
    return Shoe.objects.create(runner=runner, name=name, started_on=started_on, start_m=start_m)


@transaction.atomic
def change_shoe(
    shoe: Shoe, *, name: str, started_on: dt.date | None, start_m: float, now: dt.datetime
) -> None:
    """Change what is known of a shoe; its runs keep it, whatever it is called."""
    runner = lock(shoe.runner)
    _refuse_taken(runner, name, but=shoe)
    _set(shoe, runner, now, name=name, started_on=started_on, start_m=start_m)


@transaction.atomic
def retire_shoe(shoe: Shoe, *, now: dt.datetime) -> None:
    runner = lock(shoe.runner)
    _set(shoe, runner, now, retired_on=runner.day_of(now))


@transaction.atomic
def bring_back_shoe(shoe: Shoe, *, now: dt.datetime) -> None:
    _set(shoe, lock(shoe.runner), now, retired_on=None)


@transaction.atomic
def delete_shoe(shoe: Shoe) -> None:
    """Delete a shoe no run names. One in a deleted run stays, because that run can be brought back."""
    lock(shoe.runner)
    if runs_naming(shoe):
        raise StillNamed
    shoe.delete()


def _refuse_taken(runner: User, name: str, *, but: Shoe | None = None) -> None:
    if runner.shoes.filter(name=name).exclude(pk=but and but.pk).exists():
        raise NameTaken


def _set(shoe: Shoe, runner: User, now: dt.datetime, **columns: object) -> None:
    Shoe.objects.filter(pk=shoe.pk).update(**columns)
    review(runner=runner, now=now)
