"""The places on the body, as rows of a form: what the row is called, and its choices."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_LEFT, _RIGHT = pgettext_lazy("side of the body", "Left"), pgettext_lazy("side of the body", "Right")

SITE_ROWS = [
    (
        _("Low back"),
        [("low-back-left", _LEFT), ("low-back-middle", _("Middle")), ("low-back-right", _RIGHT)],
    ),
    (_("Higher up"), [("mid-back", _("Mid back")), ("neck", _("Neck"))]),
    (_("Buttock"), [("buttock-left", _LEFT), ("buttock-right", _RIGHT)]),
    (_("Outer hip"), [("hip-left", _LEFT), ("hip-right", _RIGHT)]),
    (_("Groin"), [("groin-left", _LEFT), ("groin-right", _RIGHT)]),
    (_("Back of thigh"), [("back-of-thigh-left", _LEFT), ("back-of-thigh-right", _RIGHT)]),
    (_("Front of thigh"), [("front-of-thigh-left", _LEFT), ("front-of-thigh-right", _RIGHT)]),
    (_("Knee"), [("knee-left", _LEFT), ("knee-right", _RIGHT)]),
    (_("Below the knee"), [("below-knee-left", _LEFT), ("below-knee-right", _RIGHT)]),
    (_("Elsewhere"), [("abdomen", _("Belly")), ("other", _("Another place"))]),
]
