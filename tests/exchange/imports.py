"""Files to bring in, and the way they go: sent, read, confirmed."""

import datetime as dt
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from backpain.activity_files import NotReadable, reader
from backpain.exchange import tasks
from tests.activity_files.files import HEAD, fit, gpx, session, tcx, track

MORNING = dt.datetime(2026, 3, 10, 6, 30, tzinfo=dt.UTC)  # of a Tuesday, six days before NOON


class HereReaders:
    """Reads in this process, without the seconds that child processes take to start."""

    def __init__(self, *, now, zone, functions=(), children=None):
        self.now, self.zone = now, zone

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def read_all(self, contents):
        for content in contents:
            try:
                yield reader.read(content, now=self.now, zone=self.zone)
            except NotReadable as refusal:
                yield refusal

    def call(self, function, *args):
        return function(*args)

    def call_each(self, function, calls):
        return (self.call(function, *args) for args in calls)


def run_fit(start=MORNING, *, metres=8000.0, seconds=2400.0, sport="running"):
    return fit(HEAD, session(start_time=start, sport=sport, total_distance=metres, total_timer_time=seconds))


def run_tcx(start=MORNING, *, metres=8000, seconds=2400, sport="Running"):
    at = f"{start:%Y-%m-%dT%H:%M:%SZ}"
    return tcx(
        f'<Activity Sport="{sport}"><Id>{at}</Id><Lap StartTime="{at}"><TotalTimeSeconds>{seconds}'
        f"</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters></Lap></Activity>"
    )


def run_gpx(start=MORNING, *, kind="running", minutes=40):
    """Write a track to the north at 200 m a minute."""
    points = [
        (50 + n * 0.0018, 8.0, f"{start + dt.timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}")
        for n in range(minutes + 1)
    ]
    return gpx(track(points, kind=kind))


def days_before(count, start=MORNING):
    return start - dt.timedelta(days=count)


def zipped(members):
    """Pack contents by name, or (name, content) pairs where names come twice, into a ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, content)
    return packed.getvalue()


def send(client, *files, **options):
    """Post files, as (name, content), to the import page."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/import/", {"files": sent}, **options)


def work(batch):
    """Let the background do all there is to do for an import."""
    while type(batch).objects.get(pk=batch.pk).is_working:
        tasks.get_on_with.call(batch.pk)
    batch.refresh_from_db()
    return batch


def bring(client, runner, *files):
    """Send files and have them read; return the import."""
    response = send(client, *files)
    assert response.status_code == 302, response.text
    return work(runner.imports.get(uuid=response.url.split("/")[2]))


def add(client, batch):
    """Confirm an import as it is suggested, and have it stored."""
    client.post(f"/import/{batch.uuid}/confirm/", {})
    return work(batch)


def standings(batch):
    """Return what becomes of each activity found, by its file's name."""
    return {(run.file.name, run.position): run.standing for run in batch.runs.select_related("file")}


def by_file(batch):
    return {name: standing for (name, _place), standing in standings(batch).items()}


def refusals(batch):
    return dict(batch.files.exclude(refusal="").values_list("name", "refusal"))
