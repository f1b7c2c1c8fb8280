from django import template
from django.utils.safestring import SafeString, mark_safe

from backpain.figures import still

register = template.Library()


@register.simple_tag
def figure(slug: str, alt: str) -> SafeString:
    """Draw how an exercise is done; nothing where there is no figure. An empty `alt` marks decoration."""
    return mark_safe(still(slug, alt=alt) or "")
