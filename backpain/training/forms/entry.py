"""What every form of the log shares."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.accounts.models import User, time_zones
from backpain.coach.history import SetDone
from backpain.training import models
from backpain.training.firsts import FirstScore

from .differences import Difference, in_words

FIRST_DAY = dt.date(1990, 1, 1)  # what is older was typed by mistake
CLOCK_MAY_BE_OFF = dt.timedelta(hours=1)
NOT_TYPED = {"csrfmiddlewaretoken", "uuid", "version", "ms_to_save"}


class EntryForm(forms.Form):
    """What every form of the log shares; its `values` are columns of the entry's table."""

    columns: ClassVar[dict[str, tuple[str, ...]]] = {}  # of fields that are not columns of their own name
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        runner: User,
        now: dt.datetime,
        initial: dict[str, Any] | None = None,
        entry: models.Entry | None = None,
    ) -> None:
        self.runner, self.now, self.entry = runner, now, entry
        self.today = runner.day_of(now)
        shown = self.initial_of(entry) if entry else {"uuid": uuid.uuid4(), "on": self.today}
        super().__init__(data, initial={**shown, **(initial or {})})

    def clean_uuid(self) -> uuid.UUID:
        """Return the id the form was shown with, or a new one where a client sent none."""
        return self.cleaned_data["uuid"] or uuid.uuid4()

    def payload_hash(self) -> str:
        """Return what tells whether the same form is sent again: a hash of all that was typed."""
        typed = sorted((name, values) for name, values in self.data.lists() if name not in NOT_TYPED)
        return hashlib.sha256(json.dumps(typed).encode()).hexdigest()

    def fields_to_mend(self) -> list[forms.BoundField]:
        """Return the fields that say what is wrong with them, for the links above the form."""
        return [bound for bound in self if bound.errors]

    def values(self) -> dict[str, Any]:
        """Return the cleaned values as columns of the entry."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"uuid", "version"}}

    def sets(self) -> list[SetDone]:
        """Return the sets of a session; other entries have none."""
        return []

    def changed_sets(self) -> list[SetDone] | None:
        """Return the sets where any of them was corrected, None where they stay."""
        return None

    def use(self, **values: Any) -> None:
        """Put other values into the hidden fields of a form that is shown again."""
        self.data = self.data.copy()
        self.data.update({name: str(value) for name, value in values.items()})

    def changes(self) -> dict[str, Any]:
        """Return the columns whose fields say something else than the form showed."""
        changed = {column for name in self.corrected() for column in self.columns.get(name, (name,))}
        return {column: value for column, value in self.values().items() if column in changed}

    @classmethod
    def initial_of(cls, entry: Any) -> dict[str, Any]:
        """Return what the form shows of a stored entry."""
        return {name: getattr(entry, name) for name in cls.base_fields if hasattr(entry, name)}

    def corrected(self) -> set[str]:
        """Return the fields that were asked and say something else than they showed."""
        return {name for name in self.changed_data if self.was_asked(name)}

    def was_asked(self, name: str) -> bool:
        """Tell whether the page that was sent had this field; what it had not stays as it is."""
        return not self.fields[name].widget.value_omitted_from_data(self.data, self.files, name)

    def differences(self) -> list[Difference]:
        """Return what a valid form says otherwise than the stored entry, and what that says."""
        corrected, zone = self.corrected(), self.runner.zone
        return [
            Difference(
                label=self.label_of(bound),
                stored=in_words(bound.field, bound.initial, zone),
                typed=in_words(bound.field, self.cleaned_data[bound.name], zone),
            )
            for bound in self.visible_fields()
            if bound.name in corrected
        ]

    def label_of(self, bound: forms.BoundField) -> str:
        """Return what a field is called where it stands alone."""
        return str(bound.label).strip()

    def recall(self, first: Mapping[str, FirstScore]) -> None:
        """Say beside each score that was corrected what it was at first."""
        for name in first.keys() & self.fields.keys():
            if self.initial.get(name) != first[name].score:
                self.fields[name].help_text = first[name].in_words

    def clean_on(self) -> dt.date:
        return self.known_day("on")

    def known_day(self, name: str) -> dt.date:
        """Return the day that was typed, unless it cannot be; what stands already may stay."""
        day: dt.date = self.cleaned_data[name]
        if day != self.initial.get(name):
            self.refuse_impossible(day)
        return day

    def refuse_impossible(self, day: dt.date, *, last: dt.date | None = None) -> None:
        """Refuse a day that is to come or lies before there were such logs."""
        if day > (last or self.today):
            raise forms.ValidationError(_("This day is still to come."), code="future")
        if day < FIRST_DAY:
            raise forms.ValidationError(_("Give a day after 1990."), code="past")


class PhoneForm(EntryForm):
    """An entry that a phone may have kept for a while, with a day and a time of the phone's own clock.

    Where the page came without a connection, `zone` names the zone of that clock. If it is wrong, its day is
    asked about once.
    """

    day_field: ClassVar[str]
    zone = forms.CharField(widget=forms.HiddenInput, required=False)
    day_checked = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, clock_off: dt.timedelta = dt.timedelta(0), **options: Any) -> None:
        super().__init__(*args, **options)
        self.clock_off = clock_off

    def clean_zone(self) -> dt.tzinfo | None:
        """Return the zone the form names, None where it names none that is known."""
        name = self.cleaned_data["zone"]
        return ZoneInfo(name) if name in time_zones() else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_off = cleaned.get("zone") and abs(self.clock_off) > CLOCK_MAY_BE_OFF
        if is_off and not cleaned.get("day_checked"):
            self.add_error(
                self.day_field,
                _("The clock of your phone is wrong. Is this right? Correct it if not, and save again."),
            )
            self.use(day_checked=1)
        return cleaned

    def values(self) -> dict[str, Any]:
        own = {"zone", "day_checked"}
        return {name: value for name, value in super().values().items() if name not in own}
