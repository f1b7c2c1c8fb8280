"""Files of every format, each wrong in its own way, go the whole way in one ZIP: `make fuzz` sends thousands."""

import os
import random

import pytest
from django.core.exceptions import ValidationError

from backpain.exchange.models import Standing, State
from tests.exchange.imports import add, bring, zipped
from tests.fuzz.mutations import mutated
from tests.fuzz.trial import FORMATS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]

FILES = int(os.environ.get("FILES_IN_ZIP") or 8)  # of each format
ENDINGS = {"FIT": "fit", "GPX": "gpx", "TCX": "tcx", "CSV": "csv", "ZIP": "zip"}


def wrong_files():
    """Return the mutated files of every format by their name, with a right one of each."""
    for name, ending in ENDINGS.items():
        right = FORMATS[name][0]()
        yield f"right.{ending}", right[0]
        for number in range(FILES):
            yield f"{number}.{ending}", mutated(right, random.Random(f"whole way {name} {number}"))


def test_of_wrong_files_nothing_comes_in_that_is_not_whole(as_alice, alice):
    batch = bring(as_alice, alice, ("wrong.zip", zipped(dict(wrong_files()))))
    page = as_alice.get(f"/import/{batch.uuid}/").text
    chosen = batch.runs.filter(is_chosen=True)

    assert (batch.state, batch.read_count) == (State.READY, batch.file_count)
    assert not alice.runs.exists()
    assert "wrong.zip" not in page  # it is told of each file in it
    assert not batch.files.filter(refusal="unreadable").exists()  # what a reader did not foresee
    assert not batch.files.filter(refusal="", runs=None, rows_refused=[]).exists()
    assert {run.standing for run in chosen} == {Standing.NEW}
    assert not chosen.exclude(file__refusal="").exists()

    batch = add(as_alice, batch)

    assert alice.runs.count() == batch.stored_count == chosen.count() > 0
    for run in alice.runs.select_related("runner"):
        try:
            run.full_clean()
        except ValidationError as error:
            pytest.fail(f"{run.uuid}: {error}")
    as_alice.post(f"/import/{batch.uuid}/undo/")
    assert not alice.runs.exists()
