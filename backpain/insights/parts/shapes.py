"""What stands before the words of a legend: SVG in a square of 12 pixels."""

from django.utils.translation import gettext as _

from backpain.charts import Zones
from backpain.insights.chart import Key

ZONE_SHAPES = {  # as ui/_zone_mark.html has them
    "ok": '<circle class="p-ok" cx="6" cy="6" r="5"/>',
    "care": '<path class="p-care" d="M6 .8L11.8 11H.2z"/>',
    "stop": '<rect class="p-stop" x="1.2" y="1.2" width="9.6" height="9.6"/>',
}


def zone_keys(zones: Zones) -> list[Key]:
    """Return the entries for the marks of the three zones of pain."""
    return [
        Key(ZONE_SHAPES["ok"], _("0–%(to)s low") % {"to": zones.low}),
        Key(ZONE_SHAPES["care"], _("%(from)s–%(to)s raised") % {"from": zones.low + 1, "to": zones.raised}),
        Key(ZONE_SHAPES["stop"], _("%(from)s–10 high") % {"from": zones.raised + 1}),
    ]


def key(css: str, path: str, text: str) -> Key:
    """Return an entry drawn as a path."""
    return Key(f'<path class="{css}" d="{path}"/>', text)
