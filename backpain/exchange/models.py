"""What runners bring in: an import is a batch of files, a file holds runs, and a run comes of at most one.

An import points at its runs; a run knows no import. Files are read, shown and let go: of a file only its
name and a hash are kept, never a position.
"""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet

from backpain.training.models import Run

NAME_LENGTH = 255  # characters of a file's name; its beginning is cut, the end says what it is
UNDO = dt.timedelta(days=30)  # as long as a deleted run can be brought back
LATE = dt.timedelta(minutes=1)  # without a word from the background, it is asked again
FOLDER = "imports"  # of the storage


class State(models.TextChoices):
    READING = "reading"  # the dry run is made in the background
    READY = "ready"  # what would come in is shown; nothing is in the log
    STORING = "storing"
    STORED = "stored"
    UNDONE = "undone"


WORKING = (State.READING, State.STORING)
OPEN = (State.READING, State.READY)


class Import(models.Model):
    """A batch of files somebody brought in at one time."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.READING)
    made_at = models.DateTimeField()
    worked_at = models.DateTimeField()  # when the background last got on with it
    claim = models.UUIDField(null=True, blank=True)  # of the worker that is at it
    stored_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    file_count = models.PositiveIntegerField(default=0)  # as far as the uploads were looked into
    read_count = models.PositiveIntegerField(default=0)  # files
    other_count = models.PositiveIntegerField(default=0)  # of an archive, no activities by their nature
    row_count = models.PositiveIntegerField(default=0)  # of the table that is being read
    rows_read = models.PositiveIntegerField(default=0)
    stored_count = models.PositiveIntegerField(default=0)  # runs
    stored_pk = models.BigIntegerField(default=0)  # of the last ImportedRun that was stored
    from_folder = models.BooleanField(default=False)  # by the command import_files
    hashes: Any = models.JSONField(
        default=list
    )  # of the files of a folder, which is looked through again and again

    class Meta:
        indexes = [models.Index(fields=["runner", "-made_at"], name="import_newest")]

    def __str__(self) -> str:
        return f"import of {self.made_at:%Y-%m-%d}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    def can_be_undone(self, now: dt.datetime) -> bool:
        return self.state == State.STORED and self.stored_at is not None and now - self.stored_at < UNDO

    @property
    def found(self) -> "QuerySet[ImportedRun]":
        """Return the activities of it; the index leads with the runner."""
        return ImportedRun.objects.filter(runner=self.runner_id, batch=self)

    @property
    def came_in(self) -> QuerySet[Run]:
        """Return the runs of it that stand in the log."""
        uuids = self.found.filter(is_chosen=True, standing__in=TAKEN).values("run_uuid")
        found: QuerySet[Run] = Run.objects.filter(runner_id=self.runner_id, uuid__in=uuids)
        return found


def folder_of(upload: "Upload", _name: str) -> str:
    """Return where an upload lies: nothing in it was typed by anybody."""
    return f"{FOLDER}/{upload.batch.uuid}/{upload.number}"


class Upload(models.Model):
    """A file as it was sent, or a ZIP found in one, kept until it is read."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    batch = models.ForeignKey(Import, models.CASCADE, related_name="uploads")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)
    content = models.FileField(upload_to=folder_of)
    inside = models.CharField(max_length=NAME_LENGTH, blank=True)  # the ZIP it was found in
    file_count = models.PositiveIntegerField(null=True)  # None until it was looked into
    is_zip = models.BooleanField(default=False)
    table_count = models.PositiveIntegerField(default=0)  # of these files; they are read first
    unpacked_bytes = models.BigIntegerField(default=0)
    read_count = models.PositiveIntegerField(default=0)
    listed: Any = models.JSONField(default=dict)  # what the tracker's own list says of its files, by key_of

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["runner", "batch", "number"], name="upload_number_once_an_import")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_nested(self) -> bool:
        return bool(self.inside)


class ImportedFile(models.Model):
    """A file that was read, with the reason where it held nothing to take."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imported_files")
    batch = models.ForeignKey(Import, models.CASCADE, related_name="files")
    upload_number = models.PositiveIntegerField()
    position = models.PositiveIntegerField()  # within the upload
    name = models.CharField(max_length=NAME_LENGTH)
    content_hash = models.CharField(max_length=64)
    refusal = models.CharField(max_length=30, blank=True)  # what words.sentence explains
    rows_refused: Any = models.JSONField(default=list)  # of a table: each row's number and refusal
    table: Any = models.JSONField(null=True)  # formats.csv.Table, whose columns the runner maps

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "batch", "upload_number", "position"], name="file_once_an_import"
            )
        ]
        indexes = [models.Index(fields=["runner", "content_hash"], name="imported_file_by_content")]

    def __str__(self) -> str:
        return self.name


class Standing(models.TextChoices):
    """What would become of an activity when the import is confirmed."""

    NEW = "new"
    DUPLICATE = "duplicate"  # of a run in the log
    REPEATED = "repeated"  # of another activity of this import
    OFFERED = "offered"  # a walk, or of no said sport: comes in when the runner chooses so
    DAMAGED = "damaged"  # what could be read of a damaged file: comes in when the runner chooses so
    NOT_A_RUN = "not_a_run"


TAKEN = (Standing.NEW, Standing.OFFERED, Standing.DAMAGED)
ASKED = (Standing.OFFERED, Standing.DAMAGED)


class ImportedRun(models.Model):
    """An activity found in a file. `run_uuid` is the run it becomes; `said` holds further columns of that."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imported_runs")
    batch = models.ForeignKey(Import, models.CASCADE, related_name="runs")
    file = models.ForeignKey(ImportedFile, models.CASCADE, related_name="runs")
    position = models.PositiveIntegerField()  # within the file
    run_uuid = models.UUIDField(default=uuid.uuid4)
    standing = models.CharField(max_length=9, choices=Standing)
    is_chosen = models.BooleanField(default=False)
    sport = models.CharField(max_length=10)
    started_at = models.DateTimeField()
    distance_m = models.FloatField(null=True)
    duration_s = models.FloatField(null=True)
    warnings: Any = models.JSONField(default=list)
    said: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "file", "position"], name="imported_run_position_once_a_file"
            ),
        ]
        indexes = [models.Index(fields=["runner", "batch", "-started_at"], name="imported_run_newest")]

    def __str__(self) -> str:
        return f"{self.sport} of {self.started_at:%Y-%m-%d}"


class WaitingArchive(models.Model):
    """An account archive as it was sent, kept until its runner has seen what would come in; one a runner."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="waiting_archives")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.BinaryField()
    is_checked = models.BooleanField(default=False)  # read to its end once; what cannot be read is let go
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"archive of {self.made_at:%Y-%m-%d}"


class CsvMapping(models.Model):
    """What the columns of tables with the same headings mean, as the runner said: formats.mapping.ColumnMapping."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="csv_mappings")
    header_hash = models.CharField(max_length=64)
    mapping: Any = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["runner", "header_hash"], name="one_mapping_for_a_header")
        ]

    def __str__(self) -> str:
        return f"columns of {self.header_hash[:8]}"
