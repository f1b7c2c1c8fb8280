from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from backpain.exercises.curated import Curated
from backpain.figures.sheet import drawing_version

register = template.Library()


@register.simple_tag
def small_figure(slug: str, edition: int | None) -> SafeString | str:
    """Draw an exercise small, as decoration, from this edition of the sheet of figures; nothing without one."""
    if not edition:
        return ""
    address = f"{reverse('figures')}?v={drawing_version()}-{edition}#{slug}"
    return format_html('<svg class="thumb" aria-hidden="true"><use href="{}"/></svg>', address)


@register.filter
def said(row: Curated, field: str) -> str:
    """Return a text of a row in the reader's language."""
    return row.said(field)
