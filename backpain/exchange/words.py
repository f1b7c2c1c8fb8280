"""What an import says: why a file was not taken, and what becomes of an activity."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backpain.activity_files import SENTENCES

from .models import Standing

COLUMNS = "columns_unknown"  # of FILES
FORMS = {
    "none": _("Choose at least one file."),
    "too_large": _("This file is larger than 20 MB. A ZIP may be larger, the files in it may not."),
    "too_much": _("These files are more than 500 MB together. Bring them in in several parts."),
    "too_many_files": _("These are more than 500 files. Put them into a ZIP, and bring that in."),
    "broken_off": _("Your files did not arrive completely. Please send them again."),
    "archive_alone": _("An archive of an account comes in on its own. Choose it without other files."),
    "archive_too_large": _("This archive of an account is larger than 20 MB."),
    "too_many_open": _("Three imports wait below. Add or discard one of them first."),
}
FILES = {
    "gone": _("This file is no longer here. Please bring it in again."),
    COLUMNS: _("We have to ask what the columns of this table mean."),
    "zip_broken": _("This ZIP is damaged or was not downloaded to its end. Download it again."),
    "zip_encrypted": _("This ZIP is protected by a password. Unpack it, and bring in the files themselves."),
    "zip_too_many": _(
        "This ZIP, with what came before it, holds more than 5,000 files. Bring it in in several parts."
    ),
    "zip_too_large": _(
        "This ZIP, with what came before it, unpacks to more than 500 MB. Bring it in in several parts."
    ),
    "zip_method": _("This file is packed in a way we do not unpack. Pack it as an ordinary ZIP."),
    "zip_bomb": _("This file would unpack to far more than its size, so it was not read."),
}
TABLES = {  # what is wrong with a table or a row of it, then what to know of a row that was read
    "not_a_table": _("This file is no table: its rows are not parted into columns."),
    "no_rows": _("This table has headings and no rows."),
    "too_many_rows": _("This table has more than 200,000 rows. Bring it in in several parts."),
    "quote_open": _("A text in it has no end: its closing quotation mark is missing, or it is very long."),
    "row_date": _("It has no date that can be read."),
    "row_time": _("Its time of day cannot be read."),
    "row_distance": _("Its distance cannot be read."),
    "row_duration": _("How long it took cannot be read."),
    "row_number": _("A number of it cannot be read."),
    "row_score": _("A score of it is no whole number from 0 to 10."),
    "row_says_nothing": _("It has neither a distance nor how long it took."),
    "day_only": _("Only the day is said, so it starts at noon."),
    "no_duration": _("It does not say how long it took."),
    "text_cut": _("Its note or shoe was too long and was cut."),
    "file_missing": _("Its file is not in the export, so its values come from the list of activities."),
}
STANDINGS = {  # word and icon
    Standing.NEW: (_("New"), "plus"),
    Standing.DUPLICATE: (_("In your log"), "check"),
    Standing.REPEATED: (_("Twice in these files"), "again"),
    Standing.OFFERED: (_("Your choice"), "help"),
    Standing.DAMAGED: (_("Damaged file"), "flag"),
    Standing.NOT_A_RUN: (_("Left out"), "hold"),
}
SPORTS = {
    "run": _("Run"),
    "walk": _("Walk"),
    "ride": _("Ride"),
    "swim": _("Swim"),
    "other": _("Other sport"),
    "unknown": _("Unknown"),
}


def sentence(code: str) -> str:
    """Return what a refusal or a warning says."""
    ours = FILES | TABLES
    return str(ours[code]) if code in ours else gettext(SENTENCES[code])
