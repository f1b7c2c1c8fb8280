"""What a phone kept and sends later (static/js/outbox.js): which account it is for, and that it is stored.

An entry stays on the phone until an answer names its id, so that no other page that answers in between,
a hotel's sign-in or our own welcome, makes it go away.
"""

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse

OWNER = "X-Outbox-User"  # the account it was logged with
CLOCK = "X-Outbox-Clock"  # what the phone's clock says now, in milliseconds since 1970
STORED = "X-Outbox-Stored"  # the id of what is stored


def from_outbox(request: HttpRequest) -> bool:
    return OWNER in request.headers


def is_owner(request: HttpRequest, account: UUID) -> bool:
    return request.headers[OWNER] == str(account)


def acknowledged(response: HttpResponse, uuid: UUID) -> HttpResponse:
    """Tell the phone that it need not keep this any longer."""
    response[STORED] = str(uuid)
    return response


def clock_off(request: HttpRequest, *, now: dt.datetime) -> dt.timedelta:
    """Return how far the phone's clock is ahead of ours; nothing where it does not say."""
    said = request.headers.get(CLOCK, "")
    if not said.isdecimal() or len(said) > 15:
        return dt.timedelta(0)
    return dt.timedelta(milliseconds=int(said)) - (now - dt.datetime.fromtimestamp(0, dt.UTC))
