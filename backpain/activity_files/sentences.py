"""What each code says to a person. The Django side translates by using the sentence as the message id."""


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for makemessages without knowing Django."""
    return sentence


SENTENCES = {
    # Refusals
    "missing": gettext_noop("There is no file of this name that can be opened."),
    "empty": gettext_noop("This file is empty."),
    "too_large": gettext_noop("This file is larger than 20 MB."),
    "overpacked": gettext_noop("This file would unpack to far more than its size, so it was not read."),
    "too_complex": gettext_noop("This file takes too long or too much memory to read."),
    "not_an_activity": gettext_noop(
        "This file holds no activity: a FIT, TCX or GPX file of a recorded run is needed."
    ),
    "unsafe": gettext_noop(
        "This file carries XML definitions that are not allowed here, so it was not read."
    ),
    "damaged": gettext_noop(
        "This file is damaged or incomplete. Try to export it again, or type the run in by hand."
    ),
    "unreadable": gettext_noop(
        "This file could not be read. Try to export it in another format, or type the run in by hand."
    ),
    "no_track": gettext_noop("This file holds a route or places, but no recorded track with positions."),
    "no_times": gettext_noop("This file does not say when its points were recorded, so it gives no run."),
    "date_impossible": gettext_noop("The date in this file is before 1990 or in the future."),
    "duration_impossible": gettext_noop("The times in this file do not fit into one day of 24 hours."),
    "distance_impossible": gettext_noop("The distance in this file is not between 0 and 200 km."),
    # Warnings
    "damaged_samples": gettext_noop(
        "Part of this file is damaged or its checksum is off. Its summary was read; please check the values."
    ),
    "date_implausible": gettext_noop(
        "The date looks wrong, as if the device's clock was never set. Please correct it."
    ),
    "no_summary": gettext_noop("The recording ends without the device's summary. Please check the values."),
    "several_activities": gettext_noop("This file holds more than one activity. Only one of them was read."),
    "part_unreadable": gettext_noop("Another part of this file could not be read."),
    "points_left_out": gettext_noop("Some points without a usable position were left out."),
    "points_untimed": gettext_noop(
        "Some points carry no time: they count for the distance, not for the duration."
    ),
    "times_unordered": gettext_noop("The times in this file step back. Please check the duration."),
    "zone_of_place": gettext_noop(
        "The times in this file carry no time zone and were taken as local time where it began. "
        "Please check the start."
    ),
    "no_time_zone": gettext_noop(
        "The times in this file carry no time zone and were taken as your local time. Please check the start."
    ),
    "no_distance": gettext_noop("This file gives no distance."),
    "sport_walk": gettext_noop("This is a walk. It counts as a run only if you choose so."),
    "sport_ride": gettext_noop("This is a ride, so it is not taken as a run."),
    "sport_swim": gettext_noop("This is a swim, so it is not taken as a run."),
    "sport_other": gettext_noop("The file gives a sport other than running, so it is not taken as a run."),
    "sport_unknown": gettext_noop(
        "The file does not say which sport this was. It counts as a run only if you choose so."
    ),
}
