"""An account with something in every table, and its way out and in again."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any
from uuid import UUID

from backpain.accounts.models import User
from backpain.coach.decision import Dose
from backpain.coach.history import as_data
from backpain.exchange import restore
from backpain.exchange.export import archive_of
from backpain.plan.actions import change_placements
from backpain.plan.models import MoveAnswer
from backpain.simulation.demo import demo_history
from backpain.training import actions, day_plans
from backpain.training.models import CheckIn, Run
from backpain.training.review import lock, review
from backpain.training.store import store_history
from tests.catalogue import put_catalogue
from tests.conftest import NOON

A_RUN = UUID(int=7)
DAY = dt.timedelta(days=1)


def lived(runner: User) -> None:
    """Give a runner sixteen weeks, corrected, answered and advised, with what no history has a place for."""
    put_catalogue()
    today = runner.day_of(NOON)
    history = demo_history(until=today, time_zone=runner.time_zone, seed=1)
    store_history(runner=runner, history=history, now=NOON - DAY)
    review(runner=lock(runner), now=NOON - DAY)
    values = {"on": today, "score": 2, "sites": ["neck"], "sat_long": True, "note": "=1+1"}
    actions.log(CheckIn, runner=runner, uuid=UUID(int=1), values=values, payload_hash="c" * 64, now=NOON)
    started_at = NOON - dt.timedelta(hours=5)
    run = {"started_at": started_at, "on": today, "distance_m": 5000, "duration_s": 1800, "shoe": "Trail"}
    values = run | {"note": "windy", "pain_during": 2, "sites": ["low-back-left", "neck"], "ms_to_save": 9000}
    logged = actions.log(Run, runner=runner, uuid=A_RUN, values=values, payload_hash="r" * 64, now=NOON).entry
    actions.edit(logged, changes={"pain_during": 3, "shoe": "Road shoes"}, version=1, now=NOON)
    gone = runner.runs.order_by("started_at").first()
    actions.edit(gone, changes={"note": "wrong"}, version=1, now=NOON)
    actions.delete(gone, now=NOON)
    runner.shoes.filter(name="Trail").update(start_m=120_000, started_on=today, retired_on=today)
    runner.questionnaires.create(
        form="psfs", on=today, answers={"Run 5 km": 5, "Put on socks": 3}, entered_at=NOON
    )
    day_plans.start_run_walk(runner=runner, now=NOON)
    day_plans.stop_run_walk(runner=runner, now=NOON)
    runner.flare_plans.create(started_on=today - 40 * DAY, ended_on=today - 35 * DAY)
    day_plans.begin_gentle_days(runner=runner, now=NOON)
    _answer(runner)
    review(runner=lock(runner), now=NOON)
    runner.consents.create(version="2025-01", given_at=NOON - 400 * DAY, withdrawn_at=NOON - 300 * DAY)


def _answer(runner: User) -> None:
    """Answer a move and look back, on advice of yesterday and today; end a ladder and move on another."""
    first, newest = runner.advice.order_by("pk").first(), runner.advice.newest()
    runner.advice.filter(pk=first.pk).update(
        was_right="no", was_right_note="It rained", entry_corrected_at=NOON
    )
    ladders = [row.ladder for row in runner.placements.in_force().select_related("ladder")]
    said = {"answer": "declined", "because": "hurts", "note": "the knee", "answered_at": NOON}
    MoveAnswer.objects.create(runner=runner, advice=first, ladder=ladders[0], **said)
    runner.tip_dismissals.create(rule="H-1", on=runner.day_of(NOON))
    runner.placements.in_force().filter(ladder=ladders[1]).update(ended_on=runner.day_of(NOON))
    row = runner.placements.in_force().select_related("exercise").get(ladder=ladders[0])
    dose = Dose(exercise=row.exercise.slug, sets=row.sets, target=row.target + 1, unit=row.unit)
    change_placements(runner=runner, to={ladders[0].slug: dose}, on=runner.day_of(NOON), advice=newest)


_archives: list[bytes] = []  # of a process: to live takes longer than most tests


def archive_of_a_life(runner: User) -> bytes:
    """Return the archive of such a runner; only where it is the first one of a process it was theirs."""
    if not _archives:
        lived(runner)
        _archives.append(archive_of(runner))
    return _archives[0]


def files_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def both(archive: bytes) -> dict[str, str]:
    """Return the two files of an archive that another account is made from."""
    files = files_of(archive)
    return {name: files[name].decode() for name in ("history.json", "account.json")}


def exported(runner: User) -> dict[str, str]:
    return both(archive_of(User.objects.get(pk=runner.pk)))


def account(runner: User) -> dict[str, Any]:
    return json.loads(exported(runner)["account.json"])


def history(runner: User) -> dict[str, Any]:
    return json.loads(exported(runner)["history.json"])


def zipped(**files: Any) -> bytes:
    """Pack JSON data, by the name of the file without its suffix."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.json", data if isinstance(data, bytes | str) else json.dumps(data))
    return packed.getvalue()


def told(history_value: Any) -> bytes:
    """Return a history as the file it comes in."""
    return json.dumps(as_data(history_value)).encode()


def bring_in(
    content: bytes, runner: User, *, with_settings: bool = False, now: dt.datetime = NOON
) -> dict[str, tuple[int, int]]:
    """Bring a file into an account, as the pages do; return what was new and what was known, by its kind."""
    runner = User.objects.get(pk=runner.pk)
    archive = restore.read(io.BytesIO(content), runner=runner)
    looked = restore.look_at(archive, runner=runner, now=now)
    counts = restore.restore(runner=runner, archive=archive, with_settings=with_settings, now=now)
    assert counts == looked.counts
    return {str(count.name): (count.new, count.known) for count in counts}
