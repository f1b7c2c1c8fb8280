"""Tips about habits (H): what the articles name without a number, and when the project speaks of it."""

from django.utils.translation import gettext_lazy as _

from .rule import RuleWords

WORDS = {
    "H-1": RuleWords(
        rule=_("Where every run of some weeks was on the road, a run on other ground is worth a try."),
        text=_(
            "In the last %(surface_days)s days every run that names a surface was on the road (%(facts)s). One of the "
            "articles asks runners to mix in trail and track. When you next plan a short, easy run, it could be "
            "somewhere else."
        ),
        threshold=_(
            "All runs of %(surface_days)s days that name a surface on the road; at least %(surface_runs)s runs, and "
            "%(surface_share_percent)s %% of them name one. The article gives no number."
        ),
        changes_if=_("A run on another surface."),
    ),
    "H-2": RuleWords(
        rule=_("A shoe that has gone far is worth a look."),
        text=_(
            "You still run in a shoe that has gone far (%(facts)s). One of the articles names worn shoes. Have a look "
            "at its sole, and begin a new pair with short, easy runs."
        ),
        threshold=_(
            "More than %(shoe_km)s km (%(shoe_km_miles)s miles) in the runs that name it and are still looked at. The "
            "article gives no number."
        ),
        changes_if=_("Runs in another shoe: after four weeks this one is no longer counted."),
    ),
    "H-3": RuleWords(
        rule=_("Where there is a plan and no strength work for days, the next session may be a short one."),
        text=_(
            "There is no strength work in your log for a while (%(facts)s). Two or three days a week are what the "
            "articles ask for. A short session counts too, on a day when your back allows it."
        ),
        threshold=_(
            "%(pause_days)s days without strength work, since the last one or since the plan began. The articles give "
            "no number."
        ),
        changes_if=_("A session with strength work."),
    ),
    "H-4": RuleWords(
        rule=_("Where the runner noted much sitting, walking breaks are worth a try."),
        text=_(
            "You noted days with much sitting (%(facts)s). One of the articles answers that with walking breaks, some "
            "standing, and stretches in the evening."
        ),
        threshold=_(
            "%(sitting_days)s check-ins with this tick in %(sitting_window)s days. The article gives no number."
        ),
        changes_if=_("A week with fewer such days."),
    ),
}
