"""What an account archive keeps of the account itself: settings and consents, out and in again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from backpain.accounts.models import Consent, User

SETTINGS = ("name", "country", "time_zone", "units", "birth_year", "theme", "skin", "outfit")


def settings_data(runner: User) -> dict[str, Any]:
    """Return a runner's settings; how they sign in is none of them."""
    data = {name: getattr(runner, name) for name in SETTINGS}
    return data | {"country": str(runner.country)}


def consents_data(runner: User) -> list[dict[str, Any]]:
    """Return the runner's consents, oldest first."""
    rows = runner.consents.order_by("given_at", "version", "pk").values("version", "given_at", "withdrawn_at")
    return list(rows)


@transaction.atomic
def store_consents(*, runner: User, consents: Iterable[Mapping[str, Any]]) -> None:
    """Add consents that were given elsewhere; where the same words are in force here, the earlier day stays."""
    stand = {(row.version, row.given_at, row.withdrawn_at): row for row in runner.consents.all()}
    in_force = {row.version: row for row in stand.values() if row.withdrawn_at is None}
    new = []
    for told in consents:
        open_one = None if told["withdrawn_at"] else in_force.get(told["version"])
        if open_one:
            open_one.given_at = min(open_one.given_at, told["given_at"])
            open_one.save(update_fields=["given_at"])
        elif (told["version"], told["given_at"], told["withdrawn_at"]) not in stand:
            new.append(Consent(runner=runner, **told))
    Consent.objects.bulk_create(new)
