import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from backpain.ui.icons import ICONS
from backpain.ui.sites import BODY_VIEWS, SITE_ROWS

METRES_PER_UNIT = {"km": 1000.0, "mi": 1609.344}

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon inline; it is decoration, so the words beside it must be enough."""
    drawing = mark_safe(ICONS[name])
    return format_html('<svg class="ico l" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.inclusion_tag("ui/_nav_link.html", takes_context=True)
def nav_link(context: dict[str, Any], view_name: str, icon_name: str, label: str) -> dict[str, Any]:
    """Draw a link of the navigation, marked when its page is shown."""
    match = getattr(context.get("request"), "resolver_match", None)
    return {
        "href": reverse(view_name),
        "icon_name": icon_name,
        "label": label,
        "is_current": match is not None and match.view_name == view_name,
    }


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Draw a form field with its label, help and errors (templates/django/forms/field.html)."""
    return bound.as_field_group()


@register.inclusion_tag("ui/_stepper.html")
def stepper(bound: BoundField, by: float, unit: str) -> dict[str, Any]:
    """Draw a number with a step down and a step up (static/js/log.js) and its unit."""
    return {"field": bound, "by": by, "unit": unit}


@register.inclusion_tag("ui/_pain_scale.html")
def pain_scale(bound: BoundField, low_to: int | None = None, raised_to: int | None = None) -> dict[str, Any]:
    """Draw the 0-10 scale; with the zones' upper ends, the zone of the choice is named below it."""
    return {
        "field": bound,
        "chosen": _as_text(bound.value()),
        "scores": [(str(score), _zone(score, low_to, raised_to)) for score in range(11)],
        "zones": low_to is not None and raised_to is not None,
        "low": _span(0, low_to),
        "raised": _span(low_to, raised_to, after=True),
        "high": _span(raised_to, 10, after=True),
    }


@register.inclusion_tag("ui/_site_picker.html")
def site_picker(bound: BoundField, nerve_link: bool = True) -> dict[str, Any]:
    """Draw the places on the body as rows of checkboxes, and a figure whose areas tick them too.

    A leg leads to the nerve questions, unless the page asks them itself.
    """
    return {
        "field": bound,
        "chosen": [_as_text(value) for value in bound.value() or []],
        "rows": SITE_ROWS,
        "views": BODY_VIEWS,
        "nerve_link": nerve_link,
    }


@register.filter
def distance(metres: float | None, units: str = "km") -> str:
    """Return metres as a distance in the runner's units, `8.2 km`."""
    if metres is None:
        return ""
    amount = round(metres / METRES_PER_UNIT[units], 2)
    return f"{_plain_number(amount)} {_unit_word(units)}"


@register.filter
def duration(seconds: float | None) -> str:
    """Return seconds as `47 min 12 s` or `1 h 05 min`."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return gettext("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}
    if not minutes:
        return gettext("%(seconds)d s") % {"seconds": rest}
    if not rest:
        return gettext("%(minutes)d min") % {"minutes": minutes}
    return gettext("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


@register.simple_tag
def pace(metres: float | None, seconds: float | None, units: str = "km") -> str:
    """Return minutes and seconds per unit, `5:14 /km`; nothing without distance or time."""
    if not metres or not seconds:
        return ""
    minutes, rest = divmod(round(seconds / metres * METRES_PER_UNIT[units]), 60)
    return f"{minutes}:{rest:02d} /{_unit_word(units)}"


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> str:
    """Return a date, or the local date of an instant, as `Sat 21 Nov`."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = value.astimezone(timezone.get_current_timezone())
    # Translators: day of the week, day, month, in Django's date letters.
    return formats.date_format(value, pgettext("date format", "D j M"))


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def _zone(score: int, low_to: int | None, raised_to: int | None) -> str:
    if low_to is None or raised_to is None:
        return ""
    return "ok" if score <= low_to else "care" if score <= raised_to else "stop"


def _span(start: int | None, end: int | None, *, after: bool = False) -> str:
    if start is None or end is None:
        return ""
    first = start + 1 if after else start
    return str(end) if first == end else f"{first}\N{EN DASH}{end}"


def _plain_number(amount: float) -> str:
    places = 0 if amount == int(amount) else 1 if amount * 10 == int(amount * 10) else 2
    return formats.number_format(amount, decimal_pos=places)


def _unit_word(units: str) -> str:
    return pgettext("miles", "mi") if units == "mi" else pgettext("kilometres", "km")
