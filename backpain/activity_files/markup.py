"""XML from strangers: no DTD, no entities, any encoding the XML parser knows."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .activity import ASSUMED_UTC, NotReadable

_BYTE_ORDER_MARKS_AND_UTF16_ZEROS = b"\xef\xbb\xbf\xff\xfe\x00"


def parse(content: bytes) -> Element:
    # Some trackers write blanks before the XML declaration, which the parser would refuse.
    content = content.lstrip()
    if not content.lstrip(_BYTE_ORDER_MARKS_AND_UTF16_ZEROS).startswith(b"<"):
        raise NotReadable("not_an_activity")
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotReadable("unsafe") from error
    except (ParseError, ValueError, LookupError) as error:  # the latter two: impossible encodings
        raise NotReadable("damaged") from error
    return root


def local_name(element: Element) -> str:
    """Return the tag without its namespace."""
    return element.tag.rpartition("}")[2]


def instant(text: str | None) -> dt.datetime | None:
    """Return the instant an ISO 8601 text names, None for anything else."""
    try:
        when = dt.datetime.fromisoformat((text or "").strip())
        return when.astimezone(dt.UTC) if when.tzinfo else when.replace(tzinfo=ASSUMED_UTC)
    except (ValueError, OverflowError):
        return None


def steps_back(instants: list[dt.datetime]) -> bool:
    return any(later < earlier for earlier, later in pairwise(instants))
