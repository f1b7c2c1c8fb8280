"""Forms of drafts. What two people save at the same time is shown side by side, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backpain.exercises.versions import Difference


def is_overtaken(data: Any, instance: Any) -> bool:
    """Tell whether somebody has saved the draft since the form that was sent was opened."""
    return data is not None and instance.pk is not None and data.get("seen") != str(instance.version)


class DraftForm(forms.ModelForm):
    """A draft's own fields. `seen` is the version that was looked at when the typing began."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.initial["seen"] = self.instance.version
        self.is_overtaken = is_overtaken(data, self.instance)
        if self.is_overtaken:
            self.data = data.copy()
            self.data["seen"] = str(self.instance.version)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_overtaken:
            text = _("Nothing of yours is stored yet. Look at both versions above, then save again.")
            raise ValidationError(text, code="overtaken")
        return {name: _plain(value) for name, value in cleaned.items()}

    def _get_validation_exclusions(self) -> set[str]:
        """Let names and slugs be compared with those in use, which Django leaves to forms with `draft_of`."""
        return super()._get_validation_exclusions() - {"draft_of"}


def _plain(value: Any) -> Any:
    """Return a text with its lines ended as they are stored, not as browsers send them."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


class DraftFormSet(forms.BaseInlineFormSet):
    """What belongs to a draft, row by row; `key` are the fields that tell its rows apart.

    When the draft was saved meanwhile, what was typed is laid over the rows stored now: by key, because rows
    are written anew with every saving. A row that is stored but was not typed is marked for deletion.
    """

    key: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if is_overtaken(data, self.instance):
            self.data = self._laid_over()
            del self.management_form

    def _laid_over(self) -> Any:
        fresh = type(self)(instance=self.instance, prefix=self.prefix, queryset=self.queryset)
        stored = {tuple(str(form[name].value()) for name in self.key): form for form in fresh.initial_forms}
        known, new = [], []
        for row in self._typed_rows():
            form = stored.pop(tuple(row.get(name, [""])[-1] for name in self.key), None)
            row[self.model._meta.pk.name] = [str(form.instance.pk)] if form else [""]
            (known if form else new).append(row)
        return self._written([*known, *map(_as_deleted, stored.values()), *new], len(new))

    def _typed_rows(self) -> list[dict[str, list[str]]]:
        rows: list[dict[str, list[str]]] = []
        for number in range(self.total_form_count()):
            start = f"{self.prefix}-{number}-"
            rows.append(
                {
                    name.removeprefix(start): self.data.getlist(name)
                    for name in self.data
                    if name.startswith(start)
                }
            )
        return rows

    def _written(self, rows: list[dict[str, list[str]]], new: int) -> Any:
        data = self.data.copy()
        for name in [name for name in data if name.startswith(f"{self.prefix}-")]:
            del data[name]
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(rows) - new)
        for number, row in enumerate(rows):
            for name, values in row.items():
                data.setlist(f"{self.prefix}-{number}-{name}", values)
        return data


def _as_deleted(form: Any) -> dict[str, list[str]]:
    values = {field.name: field.value() for field in form}
    row = {
        name: ["" if value is None else str(value)] for name, value in values.items() if value is not False
    }
    return row | {"DELETE": ["on"]}


def differences(form: forms.ModelForm, formsets: Iterable[forms.BaseInlineFormSet]) -> list[Difference]:
    """Return what is stored (before) and what was typed (after), field by field where they differ."""
    found = list(_of_fields(form, ""))
    for formset in formsets:
        for row in formset.forms:
            found += _of_row(row, formset)
    return found


def _of_row(row: Any, formset: forms.BaseInlineFormSet) -> Iterator[Difference]:
    label = str(row.instance) if row.instance.pk else capfirst(formset.model._meta.verbose_name)
    if formset._should_delete_form(row):
        yield Difference(formset.prefix, label, _words(row, "initial"), "")
    elif row.instance.pk is not None:
        yield from _of_fields(row, f"{row.instance}: ")
    elif row.has_changed():
        yield Difference(formset.prefix, label, "", _words(row, "value"))


def _of_fields(form: Any, start: str) -> Iterator[Difference]:
    for name in form.changed_data:
        stored, typed = (_word(form[name], kind) for kind in ("initial", "value"))
        if not form[name].is_hidden and stored.splitlines() != typed.splitlines():
            yield Difference(name, f"{start}{form[name].label}", stored, typed)


def _words(row: Any, kind: str) -> str:
    """Return all that a row says, as stored or as typed, a line each."""
    said = [(field.label, _word(field, kind)) for field in row.visible_fields() if field.name != "DELETE"]
    return "\n".join(f"{label}: {word}" for label, word in said if word)


def _word(field: forms.BoundField, kind: str) -> str:
    """Return what a field says, its initial or its typed value, as the form shows it."""
    value = field.value() if kind == "value" else field.field.prepare_value(field.initial)
    if isinstance(field.field, forms.BooleanField):
        return _("yes") if value else _("no")
    labels = {str(key): str(label) for key, label in flatten_choices(getattr(field.field, "choices", []))}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(each), str(each)) for each in values if each not in (None, ""))
