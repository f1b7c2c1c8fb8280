"""Takes exercises out of use and brings them back, as two curators would."""

from backpain.exercises import publishing
from backpain.exercises.curated import Curated
from backpain.exercises.models import Exercise, Ladder
from backpain.exercises.queries import entry_of
from tests.conftest import NOON
from tests.factories import UserFactory


def published(row: Curated, **changes) -> Curated:
    """Return a row in use after two curators have brought these changes of its entry into use."""
    carol, rita = UserFactory(), UserFactory()
    draft = publishing.start_draft(of=row, by=carol, now=NOON, entry={**entry_of(row), **changes})
    publishing.mark_reviewed(draft=draft, by=rita, now=NOON, figure_looked_at=True)
    return publishing.publish(draft=draft, by=rita, now=NOON, reason="")


def retire(slug: str, successor: str | None = None, *, merged: bool = False) -> Exercise:
    """Take an exercise out of use."""
    row = Exercise.objects.get(slug=slug)
    return published(row, retire=True, successor=successor, merged=merged)


def bring_back(slug: str) -> Exercise:
    return published(Exercise.objects.get(slug=slug), retire=False, successor=None, merged=False)


def copy(slug: str, *, to: str) -> Exercise:
    """Return a copy of an exercise under another name, on every ladder right after it with the same doses."""
    row = Exercise.objects.get(slug=slug)
    row.pk, row.slug, row.name = None, to, to.replace("-", " ").capitalize()
    row._state.adding = True
    row.save()
    for ladder in Ladder.objects.filter(rungs__exercise__slug=slug):
        rungs = []
        for rung in entry_of(ladder)["rungs"]:
            rungs += [rung, {**rung, "exercise": to}] if rung["exercise"] == slug else [rung]
        published(ladder, rungs=rungs)
    return row
