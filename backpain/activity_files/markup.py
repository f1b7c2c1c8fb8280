"""XML from strangers: no DTD, no entities, and whatever encoding it is really in."""

from __future__ import annotations

import codecs
import datetime as dt
import sys
from collections.abc import Iterable
from itertools import pairwise
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .activity import WALL_CLOCK, NotReadable

_UTF16 = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    "<".encode("utf-16-le"): "utf-16-le",
    "<".encode("utf-16-be"): "utf-16-be",
}


def parse(content: bytes) -> Element:
    """Return the root, all tags without their namespaces."""
    try:
        text = _text(content)
        if text[:1] not in ("<", b"<"):
            raise NotReadable("not_an_activity")
        root: Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotReadable("unsafe") from error
    except (ParseError, ValueError, LookupError) as error:  # the latter two: impossible encodings
        raise NotReadable("damaged") from error
    for element in root.iter():
        element.tag = sys.intern(element.tag.rpartition("}")[2])  # one text for all of a name
    return root


def _text(content: bytes) -> str | bytes:
    """Return the text of what is UTF-8 or UTF-16, whatever its declaration says; leave the rest to the XML parser."""
    # Some trackers write blanks before the XML declaration, which the parser would refuse.
    content = content.lstrip()
    if encoding := _UTF16.get(content[:2]):
        return content.decode(encoding).lstrip()
    try:
        return content.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        return content


def instant(text: str | None) -> dt.datetime | None:
    """Return the instant an ISO 8601 text names, None for anything else."""
    try:
        when = dt.datetime.fromisoformat((text or "").strip())
        return when.astimezone(dt.UTC) if when.tzinfo else when.replace(tzinfo=WALL_CLOCK)
    except (ValueError, OverflowError):
        return None


def position(latitude: str | None, longitude: str | None) -> tuple[float, float] | None:
    """Return the two as degrees, None for what is no place on earth and for the "no fix yet" of 0, 0."""
    try:
        place = float(latitude or ""), float(longitude or "")
    except ValueError:
        return None
    # NaN and infinity are floats too; they fail these comparisons.
    on_earth = -90 <= place[0] <= 90 and -180 <= place[1] <= 180
    return place if on_earth and place != (0, 0) else None


def steps_back(instants: Iterable[dt.datetime]) -> bool:
    return any(later < earlier for earlier, later in pairwise(instants))
