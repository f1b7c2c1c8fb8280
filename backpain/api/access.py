"""Who may call the API: whoever sends a token that works, and nobody by a cookie."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from ninja.errors import AuthenticationError, AuthorizationError, Throttled
from ninja.security import HttpBearer

from .actions import count_call
from .models import Scope, Token
from .queries import open_token

type View = Callable[..., HttpResponse]


class TokenRequest(HttpRequest):
    """A request with a token that may do what it asks for."""

    auth: Token


class Bearer(HttpBearer):
    """Lets a token through that has a scope, and not too often."""

    openapi_description = "A token of the runner's, made at /settings/tokens/."

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    @sensitive_variables()
    def __call__(self, request: HttpRequest) -> Token:
        scheme, _space, secret = request.headers.get(self.header, "").partition(" ")
        if scheme.lower() != self.openapi_scheme:
            raise AuthenticationError(message=_("Send a token: “Authorization: Bearer backpain_...”."))
        return self.authenticate(request, secret.strip())

    @sensitive_variables()
    def authenticate(self, request: HttpRequest, token: str) -> Token:
        now = timezone.now()
        found = open_token(token, now=now)
        if found is None:
            raise AuthenticationError(message=_("This token does not work, or no longer. Make a new one."))
        if not count_call(found, now=now):
            raise Throttled(max(1, math.ceil(found.may_call_again_in(now).total_seconds())))
        if self.scope not in found.scopes:
            raise AuthorizationError(
                message=_("This token may not do that: it lacks the scope “%(scope)s”.")
                % {"scope": self.scope.value}
            )
        return found


def without_cookies(view: View) -> View:
    """Let a view be called by anybody, who is nobody: no cookie counts, so no other site can misuse one."""

    @wraps(view)
    def of_nobody(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", "no-store")
        return response

    of_nobody.__module__ = __name__  # ours, whatever it wraps
    return csrf_exempt(login_not_required(of_nobody))
