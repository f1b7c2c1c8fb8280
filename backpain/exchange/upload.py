"""Takes files while they arrive: onto the disk, never into memory, and no more than there is room for."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import TooManyFilesSent
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, UnreadablePostError

from backpain.activity_files import MAX_BYTES

from .storage import PART
from .zips import MB

MOST_BYTES = 500 * MB  # of all files of a form
MOST_DRAINED = 1024 * MB  # read on, so that the browser shows why; whoever sends more is cut off
ARCHIVE = b"PK"


class Arriving(TemporaryUploadedFile):
    """A file that lies where it is going to be kept, so that keeping it is renaming it."""

    def __init__(
        self, name: str, content_type: str, charset: str | None, extra: dict[str, Any] | None
    ) -> None:
        folder = Path(default_storage.path(""))
        folder.mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(suffix=PART, dir=folder)  # noqa: SIM115  the request closes it
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


class Receiver(FileUploadHandler):
    """Writes each file to the disk; of one that is too large only the name is kept."""

    chunk_size = 1 * MB

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.too_large: list[str] = []
        self.is_too_much = False
        self._total = 0

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self._size, self._is_archive = 0, False
        self.file = Arriving(self.file_name, self.content_type, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start == 0:
            self._is_archive = raw_data.startswith(ARCHIVE)
        self._total += len(raw_data)
        if self._total > MOST_BYTES:
            self.is_too_much = True
            raise StopUpload(connection_reset=False)
        if start + len(raw_data) > MAX_BYTES and not self._is_archive:
            self.too_large.append(self.file_name)
            self.file.close()
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Let the file go that was arriving."""
        if hasattr(self, "file"):
            self.file.close()


def receive(request: HttpRequest) -> Receiver:
    """Have the files of a form written to the disk as they arrive; before anything of it is read."""
    receiver = Receiver(request)
    request.upload_handlers = [receiver]
    return receiver


def why_not_read(request: HttpRequest, receiver: Receiver) -> str:
    """Read a form, and return a key of words.FORMS where it cannot be taken, else ""."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > MOST_DRAINED:
        return "too_much"
    try:
        request.POST  # noqa: B018  now it is read
    except TooManyFilesSent:
        while request.read(MB):
            pass
        return "too_many_files"
    except UnreadablePostError:
        receiver.upload_interrupted()
        return "broken_off"
    return "too_much" if receiver.is_too_much else ""
