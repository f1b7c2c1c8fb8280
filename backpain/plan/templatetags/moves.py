from typing import Any

from django import template

from backpain.plan.forms import DeclineForm

register = template.Library()


@register.simple_tag(takes_context=True)
def decline_form(context: dict[str, Any], ladder: str) -> DeclineForm:
    """Return the form to decline a ladder's move with: the one just refused, else an empty one."""
    return context.get("declining") or DeclineForm(ladder=ladder)
