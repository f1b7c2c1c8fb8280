"""JSON of an entry as what would be typed into its form, so that both are refused for the same reasons."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.coach.codec import from_data
from backpain.coach.history import SetDone
from backpain.training import kinds
from backpain.training.fields import on_the_clock
from backpain.training.forms import FORMS, EntryForm, SessionForm
from backpain.training.kinds import Kind
from backpain.training.lines import done_field
from backpain.training.models import Entry

from .schemas import SCORES

type Told = Mapping[str, Any]  # an entry as JSON, which already keeps its schema
type Mistakes = dict[str, str]  # sentences by the path of a field, such as "pain.after"

CENTIMETRES = Decimal("0.00001")  # of a kilometre: as fine as the form takes
PAIN = {f"pain.{score}": f"pain_{score}" for score in SCORES}


class SetsForm(SessionForm):
    """A session whose sets are given as they are, not typed line by line."""

    def __init__(self, *args: Any, sets: list[SetDone], stored: list[SetDone], **options: Any) -> None:
        super().__init__(*args, lines=[], **options)
        self.given, self.stored = sets, stored

    def sets(self) -> list[SetDone]:
        return self.given

    def changed_sets(self) -> list[SetDone] | None:
        return None if self.given == self.stored else self.given


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A kind of entry as the API has it. `table` is its name in the contract.

    `fields` names the form's field of each path that is not called alike, `also` the path that other
    fields of the form belong to.
    """

    kind: Kind
    table: str
    form: type[EntryForm]
    fields: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return self.table.replace("_", "-")


BOUT = {"duration_s": "duration", **PAIN}
ALSO = {"fold": "started_at", "is_long": "duration_s"}
RUNS = Resource(
    kind=kinds.RUN,
    table="runs",
    form=FORMS["run"],
    fields={"distance_m": "distance", "activity": "walk", **BOUT},
    also=ALSO,
)
CHECK_INS = Resource(kind=kinds.CHECK_IN, table="check_ins", form=FORMS["check_in"])
SESSIONS = Resource(
    kind=kinds.SESSION,
    table="sessions",
    form=SetsForm,
    fields=BOUT,
    also={**ALSO, forms.forms.NON_FIELD_ERRORS: "sets"},
)
RESOURCES = (RUNS, CHECK_INS, SESSIONS)


def in_full(told: Told) -> tuple[dict[str, Any], Mistakes]:
    """Return what was told with short names at their place, and what was told twice."""
    short = {name: told[name] for name in PAIN.values() if name in told}
    rest = {name: value for name, value in told.items() if name not in short}
    scores = {name.removeprefix("pain_"): score for name, score in short.items()}
    twice = scores.keys() & rest.get("pain", {}).keys()
    if scores:
        rest["pain"] = rest.get("pain", {}) | scores
    return rest, {f"pain_{score}": _("This is said twice.") for score in sorted(twice)}


def hash_of_told(told: Told) -> str:
    """Return what tells whether the same is sent again: a hash of all but the id."""
    said = {name: value for name, value in told.items() if name != "id"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def new_form(resource: Resource, told: Told, *, runner: User, now: dt.datetime) -> EntryForm:
    """Return the bound form of a new entry: as it is shown, with what was told typed in."""
    if resource is not CHECK_INS:
        began = now - dt.timedelta(seconds=told.get("duration_s") or 0)
        told = {"started_at": began.isoformat(), **told}
    return _bound(resource, told, runner=runner, now=now)


def form_of(resource: Resource, entry: Entry, told: Told, *, runner: User, now: dt.datetime) -> EntryForm:
    """Return the bound form of a stored entry: as it is shown, with what was told typed over it."""
    return _bound(resource, told, runner=runner, now=now, entry=entry)


def _bound(resource: Resource, told: Told, **options: Any) -> EntryForm:
    options["initial"] = {"units": "km"}  # of the distance
    if resource is SESSIONS:
        stored = _stored_sets(options.get("entry"))
        given = told.get("sets")
        sets = stored if given is None else [from_data(SetDone, done) for done in given]
        options |= {"sets": sets, "stored": stored}
    typed = _shown(resource.form(**options))
    _type(typed, "is_long", "on")  # it was measured, not typed by a slip
    for path, value in _leaves(told):
        if path == "started_at":
            _type_instant(typed, value, options["runner"].zone)
        else:
            _type(typed, resource.fields.get(path, path), TYPED.get(path, _as_text)(value))
    return resource.form(typed, **options)


def mistakes_of(resource: Resource, form: EntryForm) -> Mistakes:
    """Return what a form refuses, by the paths of the JSON."""
    paths = {name: path for path, name in resource.fields.items()} | resource.also
    whole = {forms.forms.NON_FIELD_ERRORS: ""}
    return {(whole | paths).get(name, name): str(errors[0]) for name, errors in form.errors.items()}


def mistakes_of_sets(sets: Iterable[Told], *, known: Collection[str]) -> Mistakes:
    """Return the sets of exercises there are not, and those that were longer than a form takes."""
    mistakes = {}
    for number, done in enumerate(sets):
        if done["exercise"] not in known:
            mistakes[f"sets[{number}].exercise"] = _("There is no such exercise.")
        try:
            done_field(done["unit"]).clean(str(done["done"]))
        except forms.ValidationError as error:
            mistakes[f"sets[{number}].done"] = error.messages[0]
    return mistakes


def _stored_sets(entry: Any) -> list[SetDone]:
    return [row.value for row in entry.sets.order_by("position")] if entry else []


def _shown(form: EntryForm) -> MultiValueDict[str, str]:
    """Return what a browser would send back of a form as it is shown."""
    typed: MultiValueDict[str, str] = MultiValueDict()
    for bound in form:
        value = bound.value()
        if isinstance(value, dt.datetime):
            value = value.isoformat()
        if value is not None:
            _type(typed, bound.name, _as_text(value))
    return typed


def _leaves(told: Told) -> Iterable[tuple[str, Any]]:
    """Yield what was told, by path; what is said of pain one by one."""
    for name, value in told.items():
        if name == "pain":
            yield from ((f"pain.{score}", said) for score, said in value.items())
        elif name == "id":
            yield "uuid", value
        elif name != "sets":
            yield name, value


def _type(typed: MultiValueDict[str, str], name: str, value: str | list[str]) -> None:
    values = value if isinstance(value, list) else [value]
    if values:
        typed.setlist(name, values)
    else:
        typed.pop(name, None)  # as no ticked box is sent


def _type_instant(typed: MultiValueDict[str, str], written: str, zone: dt.tzinfo) -> None:
    """Type an instant as the runner's clock shows it, and which of the two it is where it is shown twice."""
    at = dt.datetime.fromisoformat(written.upper()).replace(microsecond=0)
    wall, fold = on_the_clock(at, zone)
    _type(typed, "started_at", wall.isoformat())
    _type(typed, "fold", _as_text(fold))


def _as_text(value: Any) -> str | list[str]:
    """Return a value as it is typed or ticked; nothing is typed for null."""
    if isinstance(value, list):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _kilometres(metres: float | None) -> str:
    if metres is None:
        return ""
    return f"{(Decimal(str(metres)) / 1000).quantize(CENTIMETRES):f}"


def _clock(seconds: float | None) -> str:
    """Return seconds as h:mm:ss."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds, 3), 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{rest:06.3f}"


def _is_walk(activity: str | None) -> str:
    return str(activity == "walk")


TYPED: Mapping[str, Callable[[Any], str]] = {
    "distance_m": _kilometres,
    "duration_s": _clock,
    "activity": _is_walk,
}
