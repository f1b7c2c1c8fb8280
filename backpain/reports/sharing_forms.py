from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from backpain.accounts.tokens import PIN_DIGITS

from .forms import ReportForm
from .models import LABEL_LENGTH
from .sharing import MOST_DAYS, USUAL_DAYS


class ShareForm(ReportForm):
    """What a runner shares, as the report's own form asks for it, with whom and for how long."""

    label = forms.CharField(
        label=_("Whom it is for"),
        help_text=_("Only you see this, so that you know later which link to end."),
        max_length=LABEL_LENGTH,
        required=False,
    )
    expires_in = forms.IntegerField(
        label=_("How many days the link works"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        help_text=format_lazy(_("{most} at most."), most=MOST_DAYS),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Give a whole number of days, such as 14.")},
    )
    ask_pin = forms.BooleanField(
        label=_("Ask for a PIN"),
        help_text=_("We make one of six digits. Pass it on another way than the link."),
        required=False,
    )

    def what_to_share(self) -> dict[str, Any]:
        """Return what `sharing.share_report` takes."""
        first, last = self.days
        own = {name: self.cleaned_data[name] for name in ("label", "expires_in", "ask_pin")}
        return {"first": first, "last": last, "options": self.options, **own}


class PinForm(forms.Form):
    """The PIN of a shared report; what cannot be one is not counted as a try."""

    pin = forms.RegexField(
        rf"^[0-9]{{{PIN_DIGITS}}}\Z",
        label=_("PIN"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Give the six digits of the PIN."),
            "invalid": _("Give the six digits of the PIN."),
        },
    )


class CalendarForm(forms.Form):
    with_details = forms.BooleanField(
        label=_("Put exercises and reasons into the events"),
        help_text=_(
            "Whoever keeps your calendar can then read them: the service, and all you share it with."
        ),
        required=False,
    )
