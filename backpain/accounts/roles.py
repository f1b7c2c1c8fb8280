"""Who may do what in the admin. Nobody there sees an entry, an advice or anything else of a runner's log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does for the site; the value is the name of the group."""

    CURATOR = "Curators", _("Curator")
    REVIEWER = "Reviewers", _("Reviewer")
    OWNER = "Owners", _("Owner")


def _rights(app: str, verbs: str, tables: str) -> list[str]:
    return [f"{app}.{verb}_{table}" for verb in verbs.split() for table in tables.split()]


_CATALOGUE = "article dose exercise ladder rung source"

# Curators draft and reviewers publish: two people stand behind what runners read.
RIGHTS = {
    Role.CURATOR: [
        *_rights("exercises", "view add change delete", _CATALOGUE),
        *_rights("plan", "view add change delete publish", "ruleset"),
    ],
    Role.REVIEWER: [
        *_rights("exercises", "view", _CATALOGUE),
        *_rights("exercises", "publish", "article exercise ladder"),
        *_rights("plan", "view publish", "ruleset"),
    ],
    Role.OWNER: _rights("accounts", "view change", "user"),
}
