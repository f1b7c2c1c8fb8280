from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Reason, Verdict

type Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class RuleWords:
    """The sentences of one rule.

    Placeholders are names of thresholds and of the evidence's values (`backpain.coach.rules` lists
    them), `facts` for all values with their days, and a name with `_percent` for a share. `at` and
    `changes_at` have what it says instead: at a verdict, or where the evidence names a limit.
    """

    rule: Text  # what it says to everybody: the rule book
    text: Text  # what it says to this runner
    threshold: Text
    changes_if: Text
    at: Mapping[Verdict | str, Text] = field(default_factory=dict)
    changes_at: Mapping[Verdict | str, Text] = field(default_factory=dict)

    def text_of(self, reason: Reason) -> Text:
        """Return what it says to this runner."""
        return _chosen(self.at, reason) or self.text

    def changes_of(self, reason: Reason) -> Text:
        """Return what would change what it says."""
        return _chosen(self.changes_at, reason) or self.changes_if


def _chosen(texts: Mapping[Verdict | str, Text], reason: Reason) -> Text | None:
    """Return the text of a limit before that of a verdict: it says more."""
    limits = [name for name, _limit in reason.evidence.limits]
    return next((texts[key] for key in (*limits, reason.verdict) if key in texts), None)


ASSESSED = _("Record the visit once a professional has assessed your back.")
CLEARED = _(
    "Record the visit where a professional cleared you to train. Then answer all warning-sign questions again."
)
