"""What the API refuses, and why: each is answered with a sentence, and with the fields to mend."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from ninja.errors import HttpError


class Unusable(HttpError):
    """What was sent cannot be read at all: it is no JSON (400), too long (413) or something else (415)."""


class Refused(HttpError):
    """Some fields have to be mended; `mistakes` are sentences by their paths."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        path, sentence = next(iter(mistakes.items()))
        super().__init__(422, f"{path}: {sentence}" if path else sentence)
        self.mistakes = mistakes


class Taken(HttpError):
    """Another entry stands in the way: it has the id, or the day."""

    def __init__(self, id_: UUID, *, by_day: bool) -> None:
        super().__init__(
            409,
            _("There is a check-in of this day already. Correct that one instead.")
            if by_day
            else _("Another entry has this id, or another one was sent with it before."),
        )
        self.id = id_


class NoSuchEntry(HttpError):
    def __init__(self) -> None:
        super().__init__(404, _("There is no such entry."))
