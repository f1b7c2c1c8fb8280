"""The files that wait to be read: a folder an import, in the storage and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set

from django.core.files.storage import default_storage

from .models import FOLDER

PART = ".part"  # of a file that is still arriving


def forget(uuid: str) -> None:
    """Delete the folder of an import, where there is one."""
    folder = f"{FOLDER}/{uuid}"
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)


def sweep(*, known: Set[str], before: dt.datetime) -> None:
    """Delete what belongs to no import: of erased accounts, and of workers and servers that were killed."""
    if default_storage.exists(FOLDER):
        for uuid in default_storage.listdir(FOLDER)[0]:
            if uuid not in known and default_storage.get_modified_time(f"{FOLDER}/{uuid}") < before:
                forget(uuid)
    if default_storage.exists(""):
        for name in default_storage.listdir("")[1]:
            if name.endswith(PART) and default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
