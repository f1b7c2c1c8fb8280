import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from backpain.figures import BadFigure, animated, data_of, figure_from, shipped, still, strip

register = template.Library()

type Data = Mapping[str, Any] | None
SAMPLE = "bird-dog"


@register.simple_tag
def figure(data: Data, alt: str) -> SafeString:
    """Draw how an exercise is done; nothing where there is no figure. An empty `alt` marks decoration."""
    return _drawing(still, data, alt=alt)


@register.simple_tag
def moving_figure(data: Data, alt: str) -> SafeString:
    """Draw the same so that it can move; ui/_figure.html lets it."""
    return _drawing(animated, data, alt=alt)


@register.simple_tag
def figure_strip(data: Data, alts: Sequence[str] = ()) -> SafeString:
    """Draw the key poses side by side, numbered; `alts` has words for each."""
    return _drawing(strip, data, alts=tuple(alts))


@register.simple_tag
def sample_figure() -> SafeString:
    """Draw a figure that comes with the product, to show its colours."""
    found = shipped(SAMPLE)
    return _drawing(still, data_of(found) if found else None, alt="")


def _drawing(draw: Callable[..., str], data: Data, **words: Any) -> SafeString:
    return _drawn(draw, json.dumps(data, sort_keys=True), **words) if data else SafeString()


@lru_cache(maxsize=256)
def _drawn(draw: Callable[..., str], written: str, **words: Any) -> SafeString:
    """Return a drawing of a figure given as JSON; nothing where it is none, as a draft's may be."""
    try:
        found = figure_from(json.loads(written))
    except BadFigure:
        return SafeString()
    return mark_safe(draw(found, **words))
