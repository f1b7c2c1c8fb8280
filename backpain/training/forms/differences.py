"""Two versions of an entry, field by field, in words: what is stored now and what was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _

NOTHING = "–"


class Difference(NamedTuple):
    label: str
    stored: str
    typed: str


def in_words(field: forms.Field, value: Any, zone: dt.tzinfo) -> str:
    """Return a field's value as its form would show it, choices by their labels."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, forms.ChoiceField):
        labels = {str(choice): str(label) for choice, label in field.choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in chosen)
    if isinstance(value, dt.datetime):
        local = value.astimezone(zone) if value.tzinfo else value
        return formats.date_format(local, "DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return formats.date_format(value, "DATE_FORMAT")
    return str(field.prepare_value(value))
