from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from backpain.figures import animated, shipped, still, strip

register = template.Library()


@register.simple_tag
def figure(slug: str, alt: str) -> SafeString:
    """Draw how an exercise is done; nothing where there is no figure. An empty `alt` marks decoration."""
    found = shipped(slug)
    return mark_safe(still(found, alt=alt) if found else "")


@register.simple_tag
def moving_figure(slug: str, alt: str) -> SafeString:
    """Draw the same so that it can move; ui/_figure.html lets it."""
    found = shipped(slug)
    return mark_safe(animated(found, alt=alt) if found else "")


@register.simple_tag
def figure_strip(slug: str, alts: Sequence[str] = ()) -> SafeString:
    """Draw the key poses side by side, numbered; `alts` has words for each."""
    found = shipped(slug)
    return mark_safe(strip(found, alts=tuple(alts)) if found else "")
