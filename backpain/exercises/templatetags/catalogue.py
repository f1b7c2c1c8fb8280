from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from backpain.figures.sheet import shipped_version
from backpain.figures.shipped import shipped

register = template.Library()


@register.simple_tag
def small_figure(slug: str) -> SafeString | str:
    """Draw an exercise small, as decoration, from the file that has all of them; nothing without a figure."""
    if shipped(slug) is None:
        return ""
    address = f"{reverse('figures')}?v={shipped_version()}#{slug}"
    return format_html('<svg class="thumb" aria-hidden="true"><use href="{}"/></svg>', address)
