"""Brings an account archive, or a history alone, into an account: all of it or nothing.

An account where nothing was ever logged becomes what the archive says. Into another one comes what it does not
have yet, and nothing that stands there is changed.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backpain.accounts.actions import change_settings
from backpain.accounts.archive import settings_data, store_consents
from backpain.accounts.forms import SettingsForm
from backpain.accounts.models import User
from backpain.activity_files import NotReadable
from backpain.coach.history import History, history_from
from backpain.exercises.models import Exercise
from backpain.exercises.queries import coach_catalogue
from backpain.plan.archive import NotAdvice, check_advice, is_of_an_empty_log, standing_advice, store_plan
from backpain.plan.contract import SENTENCES, YEARS, HistoryRefused, read_checked, read_history, read_json
from backpain.plan.contradictions import warnings
from backpain.training.archive import NOTHING_BESIDE, is_empty, store_log
from backpain.training.models import Profile
from backpain.training.review import lock, review

from . import zips
from .formats.archives import ACCOUNT, FORMAT, HISTORY
from .merging import without_known
from .models import WaitingArchive
from .zips import Seekable

SCHEMA = Path(__file__).with_name("account.schema.json")
MB = 1024 * 1024
MOST_BYTES = 20 * MB  # of a file as it is sent
MOST_HISTORY = 15 * MB  # unpacked; ten years of daily entries are some 4 MB
MOST_ACCOUNT = 40 * MB  # unpacked; an advice with its facts is some 9 kB
MOST_PARTS = (
    3_000_000  # values in a file, some 100 bytes of memory each; ten years of advice have 2.5 million
)
KEPT = dt.timedelta(days=1)  # while somebody looks at what would come in
HISTORY_FORMAT = "backpain-history"
FIRST_BYTES = 4096  # tell whether it is worth looking on

DAYS = {"on", "started_on", "ended_on", "retired_on", "from_on"}
INSTANTS = {"at", "entered_at", "given_at", "withdrawn_at", "answered_at", "entry_corrected_at"}
COLLECTIONS = {
    "check_ins": gettext_lazy("Check-ins"),
    "runs": gettext_lazy("Runs and walks"),
    "sessions": gettext_lazy("Sessions"),
    "skipped_runs": gettext_lazy("Skipped runs"),
    "rests": gettext_lazy("Rest days"),
    "care": gettext_lazy("Care"),
    "screenings": gettext_lazy("Warning-sign checks"),
    "questionnaires": gettext_lazy("Questionnaires"),
}

ADVICE = gettext_lazy("Advice")
DAMAGED = gettext_lazy("This ZIP is damaged.")

type Data = dict[str, Any]


class Refused(Exception):
    """A file that cannot be brought in; says why in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Archive:
    """What a file holds. `account` is None where it is a history alone; days and instants in it are values."""

    history: History
    account: Data | None = None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many of a kind an archive has, and how many of those the account has not."""

    name: Promise
    is_entry: bool = True
    told: int
    new: int

    @property
    def known(self) -> int:
        return self.told - self.new


@dataclass(frozen=True, kw_only=True)
class Look:
    """What would come in. `unknown` are ladders and exercises that this site's catalogue does not have."""

    is_empty: bool
    counts: list[Counted]
    unknown: list[str]
    contradictions: list[str]

    @property
    def has_news(self) -> bool:
        return any(count.new for count in self.counts)


def is_archive(file: Seekable) -> bool:
    """Tell whether a file looks like an account archive or a history; leaves it at its beginning."""
    try:
        return _has_history(file) if zips.is_zip(file) else _is_marked(file)
    finally:
        file.seek(0)


def _has_history(file: Seekable) -> bool:
    try:
        with zips.opened(file) as archive:
            return bool({HISTORY, ACCOUNT} & _members(archive).keys())
    except NotReadable:
        return False


def _is_marked(file: Seekable) -> bool:
    start = file.read(FIRST_BYTES)
    if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    content = start + file.read(MOST_BYTES)
    return any(f'"{mark}"'.encode() in content for mark in (HISTORY_FORMAT, FORMAT))


def keep(*, runner: User, content: bytes, now: dt.datetime, is_checked: bool = False) -> WaitingArchive:
    """Keep an archive until its runner has said whether it comes in, in place of one that waits already."""
    WaitingArchive.objects.filter(runner=runner).delete()
    return WaitingArchive.objects.create(runner=runner, content=content, made_at=now, is_checked=is_checked)


def forget(*, before: dt.datetime) -> None:
    """Delete the archives that have waited for an answer since before an instant."""
    WaitingArchive.objects.filter(made_at__lt=before).delete()


def opened(waiting: WaitingArchive) -> Archive:
    """Return what a kept archive holds; lets one go that cannot be brought in, and raises Refused."""
    file = io.BytesIO(waiting.content)
    try:
        archive = read(file, runner=waiting.runner, is_checked=waiting.is_checked)
    except Refused:
        waiting.delete()
        raise
    if not waiting.is_checked:
        WaitingArchive.objects.filter(pk=waiting.pk).update(is_checked=True)
    return archive


def read(file: Seekable, *, runner: User, is_checked: bool = False) -> Archive:
    """Return what a file holds; raise Refused for anything that could not be brought in as it is.

    What was checked before is only read: checking years of advice takes seconds.
    """
    content, account = _contents(file)
    _check_size(content, account or b"")
    if account is None and f'"{FORMAT}"'.encode() in content:
        raise Refused(_("This is a part of an archive. Choose the whole ZIP, as it was downloaded."))
    try:
        history = history_from(read_json(content)) if is_checked else read_history(content)
    except HistoryRefused as refused:
        raise _refusal(HISTORY, refused) from refused
    return Archive(
        history=history, account=None if account is None else _account(account, runner, is_checked)
    )


def look_at(archive: Archive, *, runner: User, now: dt.datetime) -> Look:
    """Return what would come into the runner's account; writes nothing."""
    exercises = frozenset(Exercise.objects.values_list("slug", flat=True))
    catalogue, told_on = coach_catalogue(), archive.history.runner.day_of(now)
    ladders = {ladder.slug for ladder in catalogue.ladders}
    placed = archive.history.placements
    told = {placement.ladder for placement in placed}, {placement.exercise for placement in placed}
    return Look(
        is_empty=_is_empty(runner),
        counts=_counts(archive, _new(runner, archive.history), runner),
        unknown=sorted((told[0] - ladders) | (told[1] - exercises)),
        contradictions=warnings(archive.history, catalogue=catalogue, exercises=exercises, told_on=told_on),
    )


def restore(*, runner: User, archive: Archive, with_settings: bool, now: dt.datetime) -> list[Counted]:
    """Bring an archive that `read` returned into the account, review once, and return what came in.

    Settings and what applies to the runner are taken into an empty account, and where the runner asks for it.
    Raises Refused where the archive contradicts itself; then nothing is stored.
    """
    try:
        with transaction.atomic():
            return _restore(lock(runner), archive, with_settings, now)
    except (DataError, IntegrityError) as error:
        raise Refused(_("What is in this archive contradicts itself, so nothing was brought in.")) from error


def _restore(runner: User, archive: Archive, with_settings: bool, now: dt.datetime) -> list[Counted]:
    history, account = _new(runner, archive.history), archive.account
    counts = _counts(archive, history, runner)
    if _is_empty(runner):
        runner.advice.all().delete()  # given before anything was logged; the account's own takes its place
        with_settings = True
    if with_settings:
        change_settings(runner=runner, **_settings(archive, runner, now))
    if account:
        history = replace(history, placements=())  # the archive has all of them
    store_log(
        runner=runner,
        history=history,
        data=account or NOTHING_BESIDE,
        with_profile=with_settings or not Profile.objects.filter(runner=runner).exists(),
        now=now,
    )
    if account:
        store_consents(runner=runner, consents=account["consents"])
        store_plan(runner=runner, data=account)
    review(runner=lock(runner), now=now, whole=True)  # read again: the settings may be others
    return counts


def _is_empty(runner: User) -> bool:
    """Tell whether nothing was ever logged in an account, whatever was advised before that."""
    return is_empty(runner) and all(map(is_of_an_empty_log, runner.advice.all()))


def _new(runner: User, history: History) -> History:
    return history if is_empty(runner) else without_known(runner, history)


def _counts(archive: Archive, new: History, runner: User) -> list[Counted]:
    counts = [
        Counted(name=name, told=len(getattr(archive.history, kind)), new=len(getattr(new, kind)))
        for kind, name in COLLECTIONS.items()
    ]
    if archive.account:
        stood = standing_advice(runner, archive.account["advice"])
        counts.append(Counted(name=ADVICE, is_entry=False, told=len(stood), new=stood.count(None)))
    return [count for count in counts if count.told]


def _settings(archive: Archive, runner: User, now: dt.datetime) -> Data:
    """Return the settings of an archive that this site has too; of a history alone, what it says of the runner."""
    told = archive.history.runner
    said = {"time_zone": told.time_zone, "birth_year": told.birth_year, "country": told.country or ""}
    if archive.account:
        said = archive.account["settings"]
    form = SettingsForm({**settings_data(runner), **said}, on=runner.day_of(now))
    form.is_valid()
    return {name: form.cleaned_data[name] for name in said if name in form.cleaned_data}


def _contents(file: Seekable) -> tuple[bytes, bytes | None]:
    """Return history.json and account.json, the latter None where a history came alone."""
    file.seek(0, 2)
    if file.tell() > MOST_BYTES:
        raise Refused(_("This file is too large: at most %(most)s MB.") % {"most": MOST_BYTES // MB})
    if not zips.is_zip(file):
        return file.read(), None
    try:
        with zips.opened(file) as archive:
            members = _members(archive)
            if HISTORY not in members:
                raise Refused(_("There is no history.json in this ZIP, so it is no archive of an account."))
            history = _content(archive, members[HISTORY], MOST_HISTORY)
            account = members.get(ACCOUNT)
            return history, None if account is None else _content(archive, account, MOST_ACCOUNT)
    except NotReadable as error:
        raise Refused(DAMAGED) from error


def _check_size(*contents: bytes) -> None:
    """Refuse JSON that would take far more memory than it has bytes; nothing but a comma or bracket makes a value."""
    for content in contents:
        if sum(map(content.count, (b",", b"[", b"{"))) > MOST_PARTS:
            raise Refused(_("This file has more in it than an account ever has."))


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files of a ZIP by name, as far as they lie on top or in one folder, as when it was packed anew."""
    paths = ((PurePosixPath(member.filename), member) for member in archive.infolist())
    near = [(path, member) for path, member in paths if len(path.parts) in (1, 2) and not _is_hidden(path)]
    near.sort(key=lambda each: -len(each[0].parts))
    return {path.name: member for path, member in near}


def _is_hidden(path: PurePosixPath) -> bool:
    """Tell whether a system put a file there for itself."""
    return path.parts[0] == "__MACOSX"


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.flag_bits & zips.ENCRYPTED:
        raise Refused(_("This ZIP asks for a password. Pack it again without one."))
    if member.compress_type not in zips.METHODS:
        raise Refused(DAMAGED)
    try:
        with archive.open(member) as unpacked:
            content = unpacked.read(most + 1) if member.file_size <= most else b""
    except (*zips.BROKEN, zlib.error) as error:
        raise Refused(DAMAGED) from error
    if max(member.file_size, len(content)) > most:
        unpacked_words = _("%(file)s in this ZIP is too large: at most %(most)s MB.")
        raise Refused(unpacked_words % {"file": member.filename, "most": most // MB})
    return content


def _refusal(file: str, refused: HistoryRefused) -> Refused:
    if refused.path == "version" and refused.sentence != str(SENTENCES["required"]):
        words = _(
            "%(file)s is of another version of its format than this site can read. Update the site first."
        )
        return Refused(words % {"file": file})
    return Refused(f"{file}: {refused}")


def _account(content: bytes, runner: User, is_checked: bool) -> Data:
    """Return account.json with its days and instants as values, once it is sure that all of it can be shown."""
    try:
        data: Data = read_json(content) if is_checked else read_checked(content, SCHEMA)
        for path, row in _rows(data):
            _read_times(path, row)
        if not is_checked:
            _check_places(data)
            check_advice(runner, data["advice"])
    except HistoryRefused as refused:
        raise _refusal(ACCOUNT, refused) from refused
    except NotAdvice as found:
        words = _("advice[%(place)s]: This site cannot show this as advice. Perhaps a newer one gave it.")
        raise Refused(f"{ACCOUNT}: {words % {'place': found.place}}") from found
    return data


def _rows(data: Data) -> Iterator[tuple[str, Data]]:
    lists = {name: rows for name, rows in data.items() if isinstance(rows, list)}
    lists |= {f"entries.{name}": rows for name, rows in data["entries"].items()}
    for name, rows in lists.items():
        for number, row in enumerate(rows):
            yield f"{name}[{number}]", row


def _read_times(path: str, row: Data) -> None:
    for name in row.keys() & (DAYS | INSTANTS):
        if row[name] is None:
            continue
        try:
            row[name] = _day(row[name]) if name in DAYS else _instant(row[name])
        except (OverflowError, ValueError):
            raise HistoryRefused(f"{path}.{name}", _("This is too far away in time.")) from None


def _day(text: str) -> dt.date:
    day = dt.date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError
    return day


def _instant(text: str) -> dt.datetime:
    instant = dt.datetime.fromisoformat(text.upper()).astimezone(dt.UTC)
    _day(instant.date().isoformat())
    return instant


def _check_places(data: Data) -> None:
    for name in ("answers", "placements"):
        for number, row in enumerate(data[name]):
            if row["advice"] is not None and row["advice"] >= len(data["advice"]):
                raise HistoryRefused(f"{name}[{number}].advice", _("There is no advice at this place."))
