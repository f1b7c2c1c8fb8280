from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from backpain.accounts.models import MIN_AGE, Outfit, Skin, Theme, Units, User, time_zones


def time_zone_choices() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Return the time zones as choices, grouped by region."""
    for region, names in groupby(time_zones(), key=lambda name: name.partition("/")[0]):
        yield region, [(name, _city(name)) for name in names]


def _city(name: str) -> str:
    """Return "Argentina, Buenos Aires" for "America/Argentina/Buenos_Aires"."""
    return (name.partition("/")[2] or name).replace("/", ", ").replace("_", " ")


def _country_field() -> forms.Field:
    return CountryField(blank=True, blank_label=_("Rather not say")).formfield(
        label=_("Country"),
        help_text=_("Decides which emergency number the app names."),
    )


def _birth_year_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Year of birth"),
        min_value=1900,
        help_text=_("Some rules depend on age. Four digits, such as 1984."),
        error_messages={
            "invalid": _("Give the year in four digits, such as 1984."),
            "min_value": _("Give the year in four digits, such as 1984."),
        },
        widget=forms.NumberInput(attrs={"autocomplete": "bday-year", "inputmode": "numeric"}),
    )


def _refuse_children(birth_year: int, on: date) -> int:
    """Return the year of birth, or refuse who may still be under age on that day."""
    youngest_possible = on.year - birth_year - 1
    if youngest_possible < MIN_AGE:
        raise ValidationError(
            _("Accounts are for people of %(age)s and over."), code="too_young", params={"age": MIN_AGE}
        )
    return birth_year


class SignupForm(AllauthSignupForm):
    """Sign-up with what the coach needs from the first day: a year of birth and the runner's own clock."""

    time_zone = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-browser-time-zone": True})
    )
    birth_year = _birth_year_field()
    field_order = ("email", "password1", "time_zone", "birth_year")

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_time_zone(self) -> str:
        """Return the browser's zone, or UTC: nobody typed this, so nobody can be asked to correct it."""
        name = self.cleaned_data["time_zone"]
        return name if name in time_zones() else "UTC"

    def clean_birth_year(self) -> int:
        on = self.now.astimezone(ZoneInfo(self.cleaned_data["time_zone"])).date()
        return _refuse_children(self.cleaned_data["birth_year"], on)

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """Keep the account whole or not at all."""
        return super().save(request)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the two answers; allauth calls this once it has made the user."""
        user.time_zone = self.cleaned_data["time_zone"]
        user.birth_year = self.cleaned_data["birth_year"]
        user.save(update_fields=["time_zone", "birth_year"])


class PlaceForm(forms.Form):
    """Where and how a runner measures."""

    country = _country_field()
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zone_choices, help_text=_("Decides where your days begin and end.")
    )
    units = forms.ChoiceField(label=_("Distances in"), choices=Units, widget=forms.RadioSelect)


class WelcomeForm(PlaceForm):
    consent = forms.BooleanField(
        label=_("I agree that this app keeps and uses what I log about my health, for the purpose above."),
        error_messages={"required": _("Without your agreement nothing can be logged.")},
    )

    def place(self) -> dict[str, str]:
        """Return the answers that are settings; the consent is a row of its own."""
        return {field: self.cleaned_data[field] for field in PlaceForm.base_fields}


class SettingsForm(PlaceForm):
    name = forms.CharField(label=_("What to call you"), max_length=60, required=False)
    birth_year = _birth_year_field()
    theme = forms.ChoiceField(label=_("Colours"), choices=Theme, widget=forms.RadioSelect)
    skin = forms.ChoiceField(label=_("Skin in the drawings"), choices=Skin, widget=forms.RadioSelect)
    outfit = forms.ChoiceField(label=_("Clothes in the drawings"), choices=Outfit, widget=forms.RadioSelect)
    field_order = ("name", "birth_year")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_birth_year(self) -> int:
        return _refuse_children(self.cleaned_data["birth_year"], self.on)


class EraseForm(forms.Form):
    """Asks for the password, so that an unlocked phone alone cannot erase an account."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, runner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.runner = runner

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.runner.check_password(password):
            raise ValidationError(_("That is not your password."), code="password")
        return password
