import datetime as dt
import functools
import uuid
import zoneinfo
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from backpain.accounts.roles import Role

CONSENT_VERSION = "2026-11"  # of the words on the welcome page; new words ask anew
MIN_AGE = 16  # rule R-11: younger runners need an adult and a clinician, not a log


_REGIONS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}


@functools.cache  # zoneinfo opens every file of the zone database to answer
def time_zones() -> tuple[str, ...]:
    """Return UTC and every zone named after a region and a city, in order."""
    cities = (name for name in zoneinfo.available_timezones() if name.partition("/")[0] in _REGIONS)
    return ("UTC", *sorted(cities))


def validate_time_zone(name: str) -> None:
    """Refuse what is not one of our time zones."""
    if name not in time_zones():
        raise ValidationError(_("Choose a time zone from the list."), code="time_zone")


class Units(models.TextChoices):
    KILOMETRES = "km", _("Kilometres")
    MILES = "mi", _("Miles")


class Theme(models.TextChoices):
    AUTO = "auto", _("As on this device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Skin(models.TextChoices):
    """The skin of the drawn figures, light to dark (`data-skin` in app.css)."""

    ONE = "1", _("Very light")
    TWO = "2", _("Light")
    THREE = "3", _("Medium")
    FOUR = "4", _("Brown")
    FIVE = "5", _("Dark brown")


class Outfit(models.TextChoices):
    """What the drawn figures wear (`data-outfit` in app.css)."""

    ONE = "1", _("Coral and petrol")
    TWO = "2", _("Blue and violet")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who signs in with an e-mail address, kept in small letters as allauth does."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user with every right, as `createsuperuser` asks for."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: a runner, or a curator (staff). Holds no health data."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("what to call you"), max_length=60, blank=True)
    country = CountryField(_("country"), blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    units = models.CharField(_("units"), max_length=2, choices=Units, default=Units.KILOMETRES)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    theme = models.CharField(_("colours"), max_length=5, choices=Theme, default=Theme.AUTO)
    skin = models.CharField(_("skin of the drawings"), max_length=1, choices=Skin, default=Skin.TWO)
    outfit = models.CharField(_("clothes of the drawings"), max_length=1, choices=Outfit, default=Outfit.ONE)
    is_staff = models.BooleanField(_("curator"), default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="user_birth_year_is_possible",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def roles(self) -> list[Role]:
        names = {group.name for group in self.groups.all()}
        return [role for role in Role if role in names]

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def day_of(self, at: dt.datetime) -> dt.date:
        """Return the runner's own day of an instant."""
        return at.astimezone(self.zone).date()


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        """Return the consents that allow keeping health data today."""
        return self.filter(version=CONSENT_VERSION, withdrawn_at=None)


class Consent(models.Model):
    """A runner's explicit consent to keep health data (GDPR art. 9(2)(a)). Never deleted, ended once."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "version"], condition=Q(withdrawn_at=None), name="one_consent_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.version} of {self.given_at:%Y-%m-%d}"
