"""What a runner answers to advice. Forms clean what was sent and never save."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backpain.coach.rules import RULES

from .log import UNANSWERED, Chosen, Filter
from .models import NOTE_LENGTH, Answer, Because, Hindsight
from .words.chapters import TITLES
from .words.reasons import VERDICTS

DECIDING = {rule.id.partition("-")[0] for rule in RULES}  # chapters whose rules can give a verdict
NOTE = {"rows": 2, "maxlength": NOTE_LENGTH}


class DeclineForm(forms.Form):
    """Why an offered move is declined; one form stands beside each move, so ids carry the ladder."""

    because = forms.ChoiceField(
        label=_("Why not?"),
        choices=Because,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("Note, if you like"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs=NOTE),
    )

    def __init__(self, *args: Any, ladder: str, **options: Any) -> None:
        super().__init__(*args, auto_id=f"decline-{ladder}-%s", **options)


class HindsightForm(forms.Form):
    """Whether an advice was right, looking back."""

    was_right = forms.ChoiceField(
        label=_("Was this right?"),
        choices=Hindsight,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    note = forms.CharField(
        label=_("Note, if you like"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs=NOTE),
    )


class LogForm(forms.Form):
    """What the log of advice is narrowed to; it is sent by GET, and nothing chosen is everything.

    `ladders` are the names of those the log may speak of, by slug.
    """

    verdict = forms.ChoiceField(label=_("Advice"), required=False)
    about = forms.ChoiceField(label=_("About"), required=False)
    answer = forms.ChoiceField(label=_("What you did"), required=False)
    right = forms.ChoiceField(label=_("Was this right?"), required=False)

    def __init__(self, *args: Any, ladders: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        topics = [(letter, title) for letter, title in TITLES.items() if letter in DECIDING]
        unanswered = (UNANSWERED, _("Not answered yet"))
        grouped = [(_("Why"), topics), (_("Step on a ladder"), list(ladders.items()))]
        choices: dict[Filter, list[Any]] = {
            "verdict": [(verdict.name.lower(), words) for verdict, words in VERDICTS.items()],
            "about": grouped,
            "answer": Answer.choices,
            "right": [*Hindsight.choices, unanswered],
        }
        for name, some in choices.items():
            self.fields[name].choices = [("", _("Any")), *some]

    @property
    def chosen(self) -> Chosen:
        return Chosen(**self.cleaned_data)

    @property
    def choices(self) -> dict[Filter, list[str]]:
        """Return the values of every filter, "" included."""
        return {name: [value for value, _words in _flat(self.fields[name].choices)] for name in self.fields}

    def count(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Say beside each choice how much advice it shows; a ladder or reason without any is left out."""
        for name, field in self.fields.items():
            field.choices = list(self._counted(name, field.choices, counts))

    def _counted(self, name: str, choices: Any, counts: Mapping[tuple[str, str], int]) -> Iterator[Any]:
        for value, words in choices:
            count = counts.get((name, value), 0)
            if isinstance(words, (list, tuple)):
                if some := list(self._counted(name, words, counts)):
                    yield value, some
            elif name != "about" or count or value in ("", self.data.get(name)):
                yield value, gettext("%(words)s (%(count)s)") % {"words": words, "count": count}


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, words in choices:
        if isinstance(words, (list, tuple)):
            yield from _flat(words)
        else:
            yield value, words
