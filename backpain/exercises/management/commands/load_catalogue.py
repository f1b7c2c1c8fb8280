from typing import Any

from django.core.management.base import BaseCommand

from backpain.accounts.actions import set_up_roles
from backpain.exercises.actions import load_catalogue
from backpain.exercises.shipped import shipped_entries


class Command(BaseCommand):
    help = "Load catalogue.json and the rights of each role. Says what changed; keeps what curators edited."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_catalogue(entries=shipped_entries())
        set_up_roles()
        self.stdout.write(_summary(loaded))


def _summary(loaded: dict[str, list[str]]) -> str:
    """Return "12 added, 3 changed: exercise bird-dog, ..., 0 kept ..., 31 unchanged"."""
    added, unchanged = len(loaded["added"]), len(loaded["unchanged"])
    changed = _counted(loaded["changed"], "changed")
    kept = _counted(loaded["kept"], "kept as curators edited them")
    named = f": {', '.join(loaded['added'])}" if added and unchanged else ""
    return f"{added} added{named}; {changed}; {kept}; {unchanged} unchanged."


def _counted(rows: list[str], outcome: str) -> str:
    return f"{len(rows)} {outcome}" + (f": {', '.join(rows)}" if rows else "")
