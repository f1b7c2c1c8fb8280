"""The words for what is wrong with a figure, and for where."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backpain.figures import BadFigure, Fault
from backpain.figures.figure import LIMBS

PARTS = {
    "near_arm": gettext_lazy("Near arm"),
    "far_arm": gettext_lazy("Far arm"),
    "near_leg": gettext_lazy("Near leg"),
    "far_leg": gettext_lazy("Far leg"),
    "trunk": gettext_lazy("Trunk"),
}
ITEMS = {
    "poses": gettext_lazy("Pose %(number)s"),
    "arrows": gettext_lazy("Arrow %(number)s"),
    "props": gettext_lazy("Prop %(number)s"),
}
FIELDS = {
    "pelvis": gettext_lazy("pelvis"),
    "pelvis.0": gettext_lazy("pelvis, across"),
    "pelvis.1": gettext_lazy("pelvis, up"),
    "spine": gettext_lazy("spine"),
    "neck": gettext_lazy("neck"),
    "head": gettext_lazy("head"),
    "bow": gettext_lazy("bow"),
    "depth": gettext_lazy("depth"),
    "turn": gettext_lazy("turn"),
    "hips_turn": gettext_lazy("turn of the hips"),
    "airborne": gettext_lazy("touches nothing"),
    "x": gettext_lazy("across"),
    "y": gettext_lazy("up"),
    "shown": gettext_lazy("seen lengths"),
    "start": gettext_lazy("start"),
    "end": gettext_lazy("end"),
    "start.0": gettext_lazy("from, across"),
    "start.1": gettext_lazy("from, up"),
    "end.0": gettext_lazy("to, across"),
    "end.1": gettext_lazy("to, up"),
    "kind": gettext_lazy("kind"),
    "radius": gettext_lazy("radius"),
    "floor": gettext_lazy("floor"),
    "order": gettext_lazy("order from back to front"),
    "ghost": gettext_lazy("pose of the ghost"),
    "reached": gettext_lazy("pose to reach"),
    "cycle": gettext_lazy("goes round"),
    "on_the_spot": gettext_lazy("on the spot"),
}
OF_AN_ARM = {
    "upper": gettext_lazy("upper arm"),
    "lower": gettext_lazy("forearm"),
    "end": gettext_lazy("hand"),
    "shown.0": gettext_lazy("seen length of the upper arm"),
    "shown.1": gettext_lazy("seen length of the forearm"),
    "shown.2": gettext_lazy("seen length of the hand"),
}
OF_A_LEG = {
    "upper": gettext_lazy("thigh"),
    "lower": gettext_lazy("shank"),
    "end": gettext_lazy("foot"),
    "shown.0": gettext_lazy("seen length of the thigh"),
    "shown.1": gettext_lazy("seen length of the shank"),
    "shown.2": gettext_lazy("seen length of the foot"),
}
UNREADABLE = {
    "missing": gettext_lazy("this is missing."),
    "unknown": gettext_lazy("a figure has nothing of this name."),
    "not_an_object": gettext_lazy("names and values in braces are expected here."),
    "not_a_list": gettext_lazy("a list in brackets is expected here."),
    "not_a_number": gettext_lazy("give a number."),
    "not_yes_or_no": gettext_lazy("give true or false."),
    "not_a_choice": gettext_lazy("this is none of the choices, or one of them twice."),
    "out_of_range": gettext_lazy("give a number from %(least)s to %(most)s."),
    "too_few": gettext_lazy("at least %(least)s, please."),
    "too_many": gettext_lazy("%(most)s are the most there may be."),
}


def fault_words(fault: Fault) -> str:
    """Return where a figure does what no body can, what that is and how to mend it."""
    words = {"where": _where(fault), "by": _plain(abs(fault.measured))}
    return _text(fault) % words


def _where(fault: Fault) -> str:
    words = {"pose": fault.pose, "to": fault.to, "part": _small(str(PARTS[fault.part]))}
    if fault.to is not None:
        return _("From pose %(pose)s to %(to)s, %(part)s") % words
    return _("Pose %(pose)s, %(part)s") % words


def _text(fault: Fault) -> str:
    match fault.code:
        case "under_floor":
            return _("%(where)s: under the floor by %(by)s.")
        case "in_the_air":
            return _("%(where)s: nothing touches the floor. The lowest point is %(by)s above it.")
        case "elbow" if fault.measured < 0:
            return _("%(where)s: the elbow bends the wrong way, by %(by)s°.")
        case "elbow":
            return _("%(where)s: the elbow is bent too far, by %(by)s°.")
        case "knee" if fault.measured < 0:
            return _("%(where)s: the knee bends the wrong way, by %(by)s°.")
        case "knee":
            return _("%(where)s: the knee is bent too far, by %(by)s°.")
        case "out_of_reach":
            return _("%(where)s: out of reach by %(by)s.")
        case "spine_length":
            return _("%(where)s: so much bow makes the spine %(by)s long. It is 29. Give it less bow.")
        case "slides":
            return _(
                "%(where)s: it is on the floor, but slides by %(by)s. Let it reach for the same place, or let "
                "feet glide."
            )
        case "turns_round":
            return _("%(where)s: an angle turns by %(by)s°. Give it the short way round, as -10 for 350.")
        case "bone_length":
            return _("%(where)s: too much of a bone turns out of sight at once. Put a pose between.")


def bad_words(bad: BadFigure) -> str:
    """Return where data are no figure, and what would be right there."""
    least, most = bad.allowed or (0, 0)
    text = str(UNREADABLE[bad.code]) % {"least": _plain(least), "most": _plain(most)}
    return _("%(where)s: %(text)s") % {"where": place_words(bad.where), "text": text}


def place_words(where: str) -> str:
    """Return a place in figure data in words: "Pose 2, near arm, forearm"; what is not known as it is."""
    said, fields, rest = [], FIELDS, where.split(".")
    if rest[0] in ITEMS and len(rest) > 1 and rest[1].isdecimal():
        said.append(str(ITEMS[rest[0]]) % {"number": int(rest[1]) + 1})
        rest = rest[2:]
    if rest and rest[0] in LIMBS:
        said.append(str(PARTS[rest[0]]))
        fields = FIELDS | fields_of(rest[0])
        rest = rest[1:]
    if name := ".".join(rest):
        said.append(str(fields.get(name) or fields.get(rest[0]) or name))
    first, *others = said or [_("The figure")]
    return ", ".join([capfirst(first), *map(_small, others)])


def fields_of(limb: str) -> dict[str, Promise]:
    """Return what the numbers of an arm or leg are called."""
    return OF_AN_ARM if limb.endswith("arm") else OF_A_LEG


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _plain(number: float) -> str:
    return number_format(round(number, 1)).removesuffix(".0")
