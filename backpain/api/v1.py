"""The JSON API, version 1: which address does what. What entries look like is in `schemas`."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.defaults import server_error
from ninja import Field, NinjaAPI, Query, Router, Schema
from ninja.errors import HttpError, Throttled, ValidationError
from pydantic import BeforeValidator, WithJsonSchema

from backpain.training.review import todays_advice

from . import answers, entries
from .access import Bearer, TokenRequest, without_cookies
from .entries import Page, Stored
from .models import MOST_CALLS, Scope
from .problems import Refused, Taken
from .queries import advice_of_day, advice_page
from .schemas import ID, MOST_LISTED, TITLES, USUALLY_LISTED, components, ref
from .typed import RESOURCES, Resource

VERSION = "1"
PREFIX = "api/v1/"
ABOUT = f"""Log runs, check-ins and exercise sessions, and hear what the coach says about them.

Send a token of the runner's: `Authorization: Bearer backpain_...`. The runner makes it under Settings, Tokens; it has
the scope `read`, `log` or both, and may call {MOST_CALLS} times a minute. Distances are metres, durations seconds, pain
scores whole numbers from 0 (none) to 10 (the worst). Days are the runner's own. Sentences come in the language of
`Accept-Language` where the site has it. Addresses end with a slash. Within version 1 fields are added, never changed
or taken away.

This is not a diagnosis and not for emergencies, and nobody watches the entries. Show or speak `text` to the
runner as it is: it may say to get help today."""

ERRORS = {
    400: "What was sent is no JSON.",
    401: "There is no token, or it does not work.",
    403: "The token lacks the scope.",
    404: "There is no such thing, or it is somebody else's.",
    409: "Another entry stands in the way: it has the id, or the day.",
    413: "What was sent is too long.",
    415: "What was sent says that it is no JSON.",
    422: "Some fields have to be mended; nothing was stored.",
    429: "Too many calls. `Retry-After` says after how many seconds to call again.",
    500: "Something went wrong here. Sent again with the same `id`, an entry is stored once.",
}
GOOD = {  # by whether something was sent
    (200, False): "As asked.",
    (200, True): "It is stored, by this call or by one before.",
    (201, True): "It is stored now.",
    (204, False): "Done.",
}
OF_ALL = (401, 403, 429, 500)
OF_BODIES = (400, 413, 415, 422)
READ, LOG = Bearer(Scope.READ), Bearer(Scope.LOG)


def _day(written: object) -> dt.date:
    """Return a date of ten characters: pydantic takes seconds since 1970 too."""
    if not isinstance(written, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        raise ValueError
    return dt.date.fromisoformat(written)


def _whole(written: object) -> object:
    """Return what may be a whole number: pydantic takes 1.0 and 1_0 too."""
    if isinstance(written, str) and not re.fullmatch(r"[0-9]{1,3}", written):
        raise ValueError
    return written


def _uuid(written: object) -> UUID:
    """Return an id as it is written here: pydantic takes braces and capitals too."""
    if not isinstance(written, str) or str(found := UUID(written)) != written:
        raise ValueError
    return found


DATE = WithJsonSchema({"type": "string", "format": "date"})
Day = Annotated[dt.date, BeforeValidator(_day), DATE]


class Asked(Schema):
    """Which part of a list is asked for."""

    limit: Annotated[int, BeforeValidator(_whole)] = Field(
        USUALLY_LISTED, ge=1, le=MOST_LISTED, description="How many at most."
    )
    since: Annotated[dt.date | None, BeforeValidator(_day), DATE] = Field(
        None, description="From this day on."
    )
    before: Annotated[UUID | None, BeforeValidator(_uuid), WithJsonSchema(ID)] = Field(
        None, description="What stands after the one with this id; `next` has it."
    )

    @property
    def page(self) -> Page:
        return Page(limit=self.limit, since=self.since, before=self.before)


SENTENCES = {
    "limit": lambda: _("Give a whole number from 1 to %(most)s.") % {"most": MOST_LISTED},
    "since": lambda: _("Give a date, such as 2026-03-16."),
    "on": lambda: _("Give a date, such as 2026-03-16."),
    "before": lambda: _("Give the id of one of the list, as it is written there."),
}

api = NinjaAPI(
    title=f"{settings.PRODUCT_NAME} API",
    version=VERSION,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    servers=[{"url": "/"}],
)


def documented(*, good: dict[int, str], problems: tuple[int, ...] = (), body: str = "") -> dict[str, Any]:
    """Return what openapi.json says of an operation: its answers by status, and the body it takes."""

    def answer(description: str, schema: str) -> dict[str, Any]:
        content = {"content": {"application/json": {"schema": ref(schema)}}} if schema else {}
        return {"description": description, **content}

    answers = {status: answer(GOOD[status, body != ""], schema) for status, schema in good.items()}
    answers |= {status: answer(ERRORS[status], "Problem") for status in sorted({*OF_ALL, *problems})}
    wait = {"description": "Seconds.", "schema": {"type": "integer"}}
    answers[429]["headers"] = {"Retry-After": wait}
    extra: dict[str, Any] = {"responses": answers}
    if body:
        content = {"application/json": {"schema": ref(body)}}
        extra["requestBody"] = {"required": True, "content": content}
    return {"openapi_extra": extra, "response": dict.fromkeys(good)}


def router_of(resource: Resource) -> Router:
    """Return the addresses of one kind of entry."""
    name, word, words = TITLES[resource.table], resource.kind.word, resource.table.replace("_", "-")
    one, router = words.removesuffix("s"), Router(tags=[words])

    @router.get(
        "/",
        auth=READ,
        url_name=f"api_{resource.table}",
        operation_id=f"list_{resource.table}",
        summary=f"List {words}, newest first",
        description="Needs the scope `read`.",
        **documented(good={200: f"{name}List"}, problems=(422,)),
    )
    def listed(request: TokenRequest, asked: Query[Asked]) -> HttpResponse:
        _refuse_others(request, Asked)
        rows, last = entries.list_of(resource, runner=request.auth.runner, page=asked.page)
        return _json({resource.table: rows, "next": _next(request, last)})

    @router.post(
        "/",
        auth=LOG,
        url_name=f"api_{resource.table}",
        operation_id=f"log_{word}",
        summary=f"Log a {one}",
        description="Needs the scope `log`. Sent again with the same `id` and content it is stored once, whatever "
        "happened to it since: the answer is then 200 instead of 201.",
        **documented(
            good={201: f"{name}Stored", 200: f"{name}Stored"}, problems=(*OF_BODIES, 409), body=f"New{name}"
        ),
    )
    def log(request: TokenRequest) -> HttpResponse:
        stored = entries.log(resource, request, runner=request.auth.runner, now=timezone.now())
        return _stored(request, stored, status=201 if stored.is_new else 200)

    @router.get(
        "/{uuid:id}/",
        auth=READ,
        url_name=f"api_{word}",
        operation_id=f"get_{word}",
        summary=f"Show a {one}",
        description="Needs the scope `read`.",
        **documented(good={200: name}, problems=(404,)),
    )
    def show(request: TokenRequest, id: UUID) -> HttpResponse:
        return _json(entries.shown(resource, runner=request.auth.runner, id_=id))

    @router.patch(
        "/{uuid:id}/",
        auth=LOG,
        url_name=f"api_{word}",
        operation_id=f"correct_{word}",
        summary=f"Correct a {one}",
        description="Needs the scope `log`. What is not sent stays; what it said before is kept.",
        **documented(good={200: f"{name}Stored"}, problems=(*OF_BODIES, 404, 409), body=f"{name}Change"),
    )
    def correct(request: TokenRequest, id: UUID) -> HttpResponse:
        now, runner = timezone.now(), request.auth.runner
        stored = entries.correct(resource, request, runner=runner, id_=id, now=now)
        return _stored(request, stored)

    @router.delete(
        "/{uuid:id}/",
        auth=LOG,
        url_name=f"api_{word}",
        operation_id=f"delete_{word}",
        summary=f"Delete a {one}",
        description="Needs the scope `log`. The site's history brings it back within 30 days.",
        **documented(good={204: ""}, problems=(404,)),
    )
    def delete(request: TokenRequest, id: UUID) -> HttpResponse:
        entries.delete(resource, runner=request.auth.runner, id_=id, now=timezone.now())
        return HttpResponse(status=204)

    return router


for each in RESOURCES:
    api.add_router(f"/{each.path}/", router_of(each))


@api.get(
    "/advice/",
    auth=READ,
    url_name="api_advice",
    operation_id="get_advice",
    tags=["advice"],
    summary="Today's advice",
    description="Needs the scope `read`. The first call of a day looks at the log anew, as the site's Today does.",
    **documented(good={200: "AdviceInFull"}),
)
def advice_today(request: TokenRequest) -> HttpResponse:
    advice = todays_advice(runner=request.auth.runner, now=timezone.now())
    return _json(answers.advice_in_full(advice))


@api.get(
    "/advice/log/",
    auth=READ,
    url_name="api_advice_log",
    operation_id="list_advice",
    tags=["advice"],
    summary="List the advice so far, newest first",
    description="Needs the scope `read`. A day has as many as there were changes.",
    **documented(good={200: "AdviceList"}, problems=(422,)),
)
def advice_log(request: TokenRequest, asked: Query[Asked]) -> HttpResponse:
    _refuse_others(request, Asked)
    found = advice_page(request.auth.runner, limit=asked.limit, since=asked.since, before=asked.before)
    if found is None:
        raise Refused({"before": _("There is no such advice.")})
    rows, last = found
    return _json({"advice": answers.advice_list(rows), "next": _next(request, last)})


@api.get(
    "/advice/{on}/",
    auth=READ,
    url_name="api_advice_of_day",
    operation_id="get_advice_of_day",
    tags=["advice"],
    summary="The advice of a day",
    description="Needs the scope `read`. The last one of that day, as it was given then.",
    **documented(good={200: "AdviceInFull"}, problems=(404, 422)),
)
def advice_on(request: TokenRequest, on: Day) -> HttpResponse:
    advice = advice_of_day(request.auth.runner, on)
    if advice is None:
        raise HttpError(404, _("There is no advice of this day."))
    return _json(answers.advice_in_full(advice))


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer with what went wrong, in one shape for all."""
    sentence, headers = str(error), {}
    more: dict[str, Any] = {}
    if isinstance(error, Refused):
        mistakes = error.mistakes.items()
        more["errors"] = [{"path": path, "sentence": sentence} for path, sentence in mistakes]
    elif isinstance(error, Taken):
        more["id"] = str(error.id)
    elif isinstance(error, Throttled):
        sentence = _("Too many calls. Wait a minute and call again.")
        headers["Retry-After"] = str(error.wait)
    elif error.status_code == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return _problem(sentence, status=error.status_code, headers=headers, **more)


@api.exception_handler(ValidationError)
def mistyped(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what is wrong with the address or its query; bodies are checked by `entries`."""
    names = dict.fromkeys(str(each["loc"][-1]) for each in error.errors)
    return refused(request, Refused({name: SENTENCES[name]() for name in names}))


def _refuse_others(request: HttpRequest, asked: type[Schema]) -> None:
    """Refuse a word in the query that means nothing here: it would be taken for one that does."""
    unknown = sorted(request.GET.keys() - asked.model_fields.keys())
    twice = sorted(name for name, given in request.GET.lists() if len(given) > 1)
    if unknown or twice:
        raise Refused(
            {name: _("There is no such field.") for name in unknown}
            | {name: _("This is said twice.") for name in twice}
        )


def _next(request: HttpRequest, last: UUID | None) -> str | None:
    """Return the address of the next page."""
    if last is None:
        return None
    query = request.GET.copy()
    query["before"] = str(last)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _stored(request: TokenRequest, stored: Stored, *, status: int = 200) -> HttpResponse:
    """Answer with an entry and the advice after it; its text stands on top, where simple programs find it.

    A token that may not read is told no more of an entry than it said itself just now.
    """
    may_know = stored.is_new or Scope.READ in request.auth.scopes
    entry = stored.data if may_know else None
    told = {"id": str(stored.id), "entry": entry, "text": stored.advice["text"], "advice": stored.advice}
    return _json(told, status=status)


def _problem(
    sentence: str, *, status: int, headers: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    """Answer with what went wrong, with its text where that of advice stands too: nothing fails in silence."""
    return _json({"detail": sentence, "text": sentence, **more}, status=status, headers=headers)


def _json(data: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    return JsonResponse(data, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})


@functools.cache
def document() -> dict[str, Any]:
    """Return openapi.json."""
    described: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    described["components"]["schemas"] = components()
    return described


@require_safe
@cache_control(public=True, max_age=3600)
def openapi(request: HttpRequest) -> HttpResponse:
    return _json(document())


def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer to an address that the API has not."""
    return _problem(_("There is no such address. All of them end with a slash."), status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer where something unforeseen went wrong, which Django has logged: programs in JSON, people as ever."""
    if not request.path_info.startswith(f"/{PREFIX}"):
        return server_error(request)
    return _problem(_("Something went wrong here. Send the same again later."), status=500)


def _allowing(view: Any) -> Any:
    """Say in JSON too that an address takes no such method."""

    @functools.wraps(view)
    def allowing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        allowed = ", ".join(sorted(response["Allow"].split(", ")))
        sentence = _("This address takes %(methods)s only.") % {"methods": allowed}
        return _problem(sentence, status=405, headers={"Allow": allowed})

    return allowing


def _patterns() -> list[URLPattern]:
    routes = [route for route in api.urls[0] if route.name != "api-root"]
    for route in routes:
        route.callback = without_cookies(_allowing(route.callback))
    return routes


urlpatterns = [
    path(f"{PREFIX}openapi.json", without_cookies(openapi), name="api_openapi"),
    path(PREFIX, (_patterns(), None, None)),
    re_path(rf"^{PREFIX}[\s\S]*$", without_cookies(nowhere), name="api_nowhere"),  # line breaks too
]
