"""The figure editor: numbers and sliders, and beside them what runners will see, drawn while they move."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backpain.exercises import publishing
from backpain.exercises.admin.pose_form import FigureForm
from backpain.exercises.admin.pose_page import Wrong, board, drawings, examined, with_hidden_ways
from backpain.exercises.models import Exercise
from backpain.figures import Figure, data_of, figure_from

MOST_LETTERS = 20_000  # of JSON: the longest shipped figure has 1300
KEEP, TAKE_AWAY, EDIT, READ_JSON, LIKE = "keep", "take_away", "edit", "json", "like"
STANDING = {
    "poses": [
        {
            "pelvis": [0, 49.6],
            "spine": 90,
            "neck": 88,
            "head": 88,
            "near_arm": {"upper": -92, "lower": -82},
            "far_arm": {"upper": -86, "lower": -76},
            "near_leg": {"x": 0, "y": 3.1, "end": 0},
            "far_leg": {"x": 1, "y": 3.4, "end": 0},
            "depth": 1,
        }
    ],
    "floor": "ground",
}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody typed: a form, the figure it describes, None where it describes none, and what is wrong.

    `text` is the same as JSON; where that was typed, as it was typed.
    """

    form: FigureForm
    figure: Figure | None
    wrong: list[Wrong]
    text: str

    @property
    def data(self) -> dict[str, Any] | None:
        return None if self.figure is None else data_of(self.figure)


class FigureViews(admin.ModelAdmin):
    """Adds <pk>/figure/ to the exercises, and <pk>/figure/draw/, which draws what is not stored yet."""

    def get_urls(self) -> list[URLPattern]:
        guard, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        figure = require_http_methods(["GET", "HEAD", "POST"])(self.figure)
        return [
            path("<int:pk>/figure/", guard(figure), name=f"{name}_figure"),
            path("<int:pk>/figure/draw/", guard(require_POST(self.draw_figure)), name=f"{name}_figure_draw"),
            *super().get_urls(),
        ]

    def links(self, request: HttpRequest, row: Any) -> list[Any]:
        return [(self._figure_address(row), gettext_lazy("Figure")), *super().links(request, row)]

    def figure(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the figure of an exercise; of a draft in fields, which a POST draws, changes or keeps."""
        exercise = self._exercise(request, pk)
        if request.method != "POST":
            return self._figure_page(request, exercise, _stored(exercise))
        if not self.has_change_permission(request):
            raise PermissionDenied
        do = request.POST.get("do", "")
        if do == EDIT:
            draft = publishing.start_draft(of=exercise, by=request.user, now=timezone.now())
            return HttpResponseRedirect(self._figure_address(draft))
        typed = _typed(do, request.POST, exercise)
        if not exercise.is_draft:
            return self._figure_too_late(request, typed)
        if do == TAKE_AWAY or (do == KEEP and typed.figure is not None):
            return self._kept(request, exercise, typed, None if do == TAKE_AWAY else typed.data)
        status = 422 if typed.wrong else 200
        return self._figure_page(request, exercise, typed, opened=_opened(do, typed.form), status=status)

    def draw_figure(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw what is typed and say what is wrong with it; nothing is stored."""
        exercise = self._exercise(request, pk)
        if not self.has_change_permission(request, exercise):
            raise PermissionDenied
        context = _shown(_fields(request.POST), exercise) | {"is_live": True}
        status = 422 if context["typed"].wrong else 200
        return TemplateResponse(request, "exercises/desk/figure_drawn.html", context, status=status)

    def _exercise(self, request: HttpRequest, pk: int) -> Exercise:
        exercise = get_object_or_404(Exercise.desk.select_related("draft"), pk=pk)
        if not self.has_view_permission(request, exercise):
            raise PermissionDenied
        return exercise

    def _kept(
        self, request: HttpRequest, exercise: Exercise, typed: Typed, data: dict[str, Any] | None
    ) -> HttpResponse:
        """Store a figure in the draft, unless somebody has saved the draft since the page was opened."""
        with transaction.atomic():
            row = Exercise.desk.select_for_update().filter(pk=exercise.pk).first()
            if row is None or not row.is_draft:
                return self._figure_too_late(request, typed)
            if str(row.version) != request.POST.get("seen"):
                newest = row.history.select_related("history_user").first()
                return self._figure_page(
                    request, row, typed, overtaken_by=newest, seen=row.version, status=422
                )
            publishing.redraw(draft=row, figure=data, by=request.user, now=timezone.now())
        self.log_change(request, row, _("Redrawn."))
        if data is None:
            messages.success(request, _("The draft has no figure now."))
        elif typed.wrong:
            messages.warning(request, _("Kept in the draft. It has to be mended before it can be reviewed."))
        else:
            messages.success(request, _("Kept in the draft."))
        return HttpResponseRedirect(self._figure_address(row))

    def _figure_page(
        self,
        request: HttpRequest,
        exercise: Exercise,
        typed: Typed,
        *,
        opened: int | None = None,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        others = Exercise.objects.published().filter(figure__isnull=False).exclude(slug=exercise.slug)
        context = {
            **self.admin_site.each_context(request),
            **_shown(typed, exercise, opened=opened),
            "title": _("Figure of %(name)s") % {"name": exercise},
            "opts": self.opts,
            "may_edit": self.has_change_permission(request, exercise),
            "may_begin": not exercise.is_draft and self.has_change_permission(request),
            "draft": None if exercise.is_draft else getattr(exercise, "draft", None),
            "others": others.order_by("name").values_list("slug", "name"),
            "seen": request.POST.get("seen", exercise.version),
            "moved": _parts(request.POST.get("do", ""))[1],
            **more,
        }
        return TemplateResponse(request, "exercises/desk/figure.html", context, status=status)

    def _figure_too_late(self, request: HttpRequest, typed: Typed) -> HttpResponse:
        """Give back what was typed into a draft that was published meanwhile."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("This draft is no more"),
            "opts": self.opts,
            "typed": [(_("The figure as JSON"), typed.text)],
        }
        return TemplateResponse(request, "exercises/desk/too_late.html", context, status=422)

    def _figure_address(self, exercise: Exercise) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_figure", args=[exercise.pk])


def _shown(typed: Typed, exercise: Exercise, *, opened: int | None = None) -> dict[str, Any]:
    """Return what both the page and the drawing beside it show."""
    figure = typed.figure
    return {
        "exercise": exercise,
        "typed": typed,
        "board": board(typed.form, typed.wrong, opened=opened),
        "drawn": figure and drawings(figure, alt=str(exercise)),
    }


def _typed(do: str, post: Any, exercise: Exercise) -> Typed:
    """Return what a POST describes: JSON, the figure of another exercise, or fields, one of them new or gone."""
    if do == READ_JSON:
        return _read(post.get("json", ""), exercise)
    if do == LIKE:
        other = Exercise.objects.published().filter(slug=post.get("like", "")).first()
        figure, _wrong = examined(other and other.figure)
        return _of(figure) if figure else _not_read("like", _("Choose an exercise."), exercise)
    return _fields(post, do)


def _fields(post: Any, change: str = "") -> Typed:
    form = FigureForm.posted(post)
    form.change(change)
    figure, wrong = examined(form.data())
    if figure is None:
        return Typed(form=form, figure=None, wrong=wrong, text=_json(form.data()))
    return Typed(form=with_hidden_ways(form, figure), figure=figure, wrong=wrong, text=_json(data_of(figure)))


def _of(figure: Figure) -> Typed:
    form = FigureForm.of(figure)
    return Typed(form=form, figure=figure, wrong=examined(form.data())[1], text=_json(data_of(figure)))


def _stored(exercise: Exercise) -> Typed:
    """Return the figure of an exercise; without one, somebody who stands."""
    figure, wrong = examined(STANDING if exercise.figure is None else exercise.figure)
    if figure is not None:
        return _of(figure)
    return _not_read("json", wrong[0].text, exercise, text=_json(exercise.figure))


def _read(text: str, exercise: Exercise) -> Typed:
    """Return the figure that JSON describes."""
    try:
        if len(text) > MOST_LETTERS:
            raise ValueError(_("A figure has at most %(most)s letters.") % {"most": MOST_LETTERS})
        figure, wrong = examined(json.loads(text))
    except json.JSONDecodeError as error:
        words = {"line": error.lineno, "letter": error.colno}
        why = _("Line %(line)s, letter %(letter)s: this is not JSON.") % words
    except RecursionError:
        why = _("Too much stands inside each other.")
    except ValueError as error:
        why = str(error)
    else:
        if figure is not None:
            return _of(figure)
        why = wrong[0].text
    return _not_read("json", why, exercise, text=text)


def _not_read(field: str, why: str, exercise: Exercise, *, text: str = "") -> Typed:
    """Return the stored figure, with what could not be read instead of it."""
    stored = examined(exercise.figure)[0] or figure_from(STANDING)
    wrong = [Wrong(field, field, why)]
    return Typed(form=FigureForm.of(stored), figure=stored, wrong=wrong, text=text or _json(data_of(stored)))


def _json(data: Any) -> str:
    """Return data as JSON, a line for each pose, arrow and prop."""
    if not isinstance(data, dict):
        return json.dumps(data)
    lines = ",\n".join(f"{json.dumps(name)}: {_lines(value)}" for name, value in data.items())
    return f"{{\n{lines}\n}}"


def _lines(value: Any) -> str:
    if not (isinstance(value, list) and any(isinstance(each, dict) for each in value)):
        return json.dumps(value)
    return "[\n{}\n]".format(",\n".join(json.dumps(each) for each in value))


def _opened(do: str, form: FigureForm) -> int | None:
    """Return the pose to unfold: what was added or copied, or the pose whose button was pressed."""
    verb, kind, number = _parts(do)
    if kind != "poses":
        return None
    last = len(form.poses) - 1
    at = int(number) if number.isdecimal() and len(number) < 3 else last
    return min(at + (verb == "copy"), last)


def _parts(do: str) -> tuple[str, str, str]:
    """Return the three parts of what a button does: "copy:poses:0"."""
    verb, _colon, rest = do.partition(":")
    kind, _colon, number = rest.partition(":")
    return verb, kind, number
