from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Verdict

type Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class RuleWords:
    """The sentences of one rule.

    Placeholders are names of thresholds and of the evidence's values (`backpain.coach.rules` lists
    them), `facts` for all values with their days, and a name with `_percent` for a share.
    """

    rule: Text  # what it says to everybody: the rule book
    text: Text  # what it says to this runner
    threshold: Text
    changes_if: Text
    at: Mapping[Verdict, Text] = field(default_factory=dict)  # text where the rule gives this verdict


ASSESSED = _("Record the visit once a professional has assessed your back.")
CLEARED = _(
    "Record the visit where a professional cleared you to train. Then answer all warning-sign questions again."
)
