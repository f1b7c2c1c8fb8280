"""Rules that never fire by themselves: definitions, values and limits, for the rule book."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .rule import Text


@dataclass(frozen=True, kw_only=True)
class NoteWords:
    """Placeholders are names of thresholds."""

    rule: Text
    threshold: Text


NOTES = {
    "M-1": NoteWords(
        rule=_(
            "Each day has one pain value: your check-in, else the morning after a run or session, else the score "
            "before the first one."
        ),
        threshold=_(
            "Of several values of one kind the highest counts. Pain during a run is never used here."
        ),
    ),
    "M-4": NoteWords(
        rule=_("A day without an entry stays empty."),
        threshold=_("No value is carried over, and none is taken as no pain."),
    ),
    "M-6": NoteWords(
        rule=_("Entries that cannot be are refused."),
        threshold=_("Scores off the scale, days to come, distances, times and holds beyond what people do."),
    ),
    "P-1": NoteWords(
        rule=_("Pain during a run or session has three zones: low, raised and high."),
        threshold=_("Raised from %(zone_acceptable)s on, high from %(zone_high)s on."),
    ),
    "P-8": NoteWords(
        rule=_("With long-lasting pain that a professional has assessed and cleared, some pain is accepted."),
        threshold=_(
            "From day %(chronic_days)s on: pain of at most %(chronic_during)s that hardly rises and settles, and a "
            "middle pain score of the week at most %(chronic_over_reference)s above the usual."
        ),
    ),
    "R-0": NoteWords(
        rule=_(
            "The warning-sign questions come at the start, with each new episode, when pain jumps, and then again."
        ),
        threshold=_(
            "All of them every %(screen_days_episode)s days in an episode, else every %(screen_days)s days; the "
            "short set at a pain of %(nerve_pain)s, a rise of %(nerve_jump)s or a leg that hurts."
        ),
    ),
    "L-1p": NoteWords(
        rule=_("Your next run has a longest distance that follows how the last one went."),
        threshold=_(
            "Of the longest run of %(longest_days)s days: %(cap_good_percent)s %% after a good run, "
            "%(cap_okay_percent)s %% after a middling one. After a bad one %(cap_bad_percent)s %% of that or of the "
            "last good run, whichever is shorter. None before %(load_runs)s runs."
        ),
    ),
    "L-4": NoteWords(
        rule=_("No ratio of this week's load to the last month's is used: such a ratio misleads."),
        threshold=_("It is not computed."),
    ),
    "L-8": NoteWords(
        rule=_("After days without a run the next one is shorter."),
        threshold=_(
            "From %(run_gap)s days on %(cap_gap_percent)s %% of the longest, from %(run_gap_long)s days on "
            "%(cap_gap_long_percent)s %%, from %(restart_days)s days on walks first."
        ),
    ),
    "E-1": NoteWords(
        rule=_(
            "You start with the first %(first_exercises)s exercises you can do slowly, in good form and without "
            "more pain."
        ),
        threshold=_(
            "%(trial_reps)s repetitions or %(trial_hold_s)s s, pain at most %(trial_pain)s and no more than before; "
            "from %(first_families)s kinds of exercise, one of them for hip or knee."
        ),
    ),
    "E-2": NoteWords(
        rule=_("A new exercise starts at the bottom of its range."),
        threshold=_("At most %(sets)s sets, fewer on a new rung."),
    ),
    "E-12": NoteWords(
        rule=_("What other people reach is information: no comparison with them decides anything."),
        threshold=_("No limit is drawn from them."),
    ),
    "X-2": NoteWords(
        rule=_("Every advice says which rule gave it, from which values, and what would change it."),
        threshold=_("Stored with each advice."),
    ),
    "X-3": NoteWords(
        rule=_("Words stay calm and plain, name no illness, and never say that all is well."),
        threshold=_("Each sentence was read for that."),
    ),
    "X-4": NoteWords(
        rule=_("You are not told the same thing again and again."),
        threshold=_(
            "The same advice to see a professional once in %(notice_days)s days; urgent advice always."
        ),
    ),
}
