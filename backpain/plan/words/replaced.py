"""What a runner is told when an exercise of the plan went out of use."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .values import in_sentence


def renamed(old: str, new: str, dose: str) -> str:
    """The same exercise under another name, with the dose the runner had."""
    return _("%(old)s is now %(new)s. Same exercise, new name. Your plan goes on with %(dose)s.") % {
        "old": old,
        "new": new,
        "dose": dose,
    }


def replaced(old: str, new: str, dose: str, *, from_start: bool) -> str:
    """Another exercise, which begins at the bottom of its range, unless the coach has eased it already."""
    words = {"old": old, "new": new, "dose": dose}
    if from_start:
        return (
            _("%(old)s is no longer in the plan. %(new)s takes its place, from its first level: %(dose)s.")
            % words
        )
    return _("%(old)s is no longer in the plan. %(new)s takes its place: %(dose)s.") % words


def left_out(old: str) -> str:
    """Nothing begins: the plan has a step of that ladder already."""
    return _("%(old)s is out of use and no longer in your plan. The rest of your plan goes on as it is.") % {
        "old": old
    }


def needs(equipment: str) -> str:
    """What the exercise before did not need."""
    return _("It needs: %(equipment)s.") % {"equipment": in_sentence(equipment)}
