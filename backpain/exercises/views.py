from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from backpain.exercises import queries
from backpain.exercises.models import NO_EQUIPMENT, PROJECT, WARM_UP, Category, Exercise, Rung, Source
from backpain.exercises.numbers import numbers_in


@require_safe
def exercises(request: HttpRequest) -> HttpResponse:
    """Show the catalogue: the ladders, easy to hard, then what belongs to none."""
    purpose, equipment = request.GET.get("purpose", ""), request.GET.get("equipment", "")
    chosen = Exercise.objects.for_purpose(purpose).needing(equipment)
    ladders = queries.ladders_with(Rung.objects.filter(exercise__in=chosen))
    context = {
        "ladders": [ladder for ladder in ladders if ladder.rungs.all()],
        "groups": queries.outside_ladders(chosen),
        "purpose": purpose,
        "purposes": [("", _("All")), *Category.choices, (WARM_UP, _("Warm-up"))],
        "equipment": equipment,
        "equipments": [
            ("", _("Any equipment")),
            (NO_EQUIPMENT, _("None")),
            *((each.value, each.label) for each in queries.equipment_in_use()),
        ],
    }
    return render(request, "exercises/exercises.html", context)


@require_safe
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one exercise: why, how, when to stop, how much by each source, and its ladder."""
    exercise = get_object_or_404(queries.with_doses(Exercise.objects.all()), slug=slug)
    ladders = queries.ladders_with(Rung.objects.all()).filter(pk__in=exercise.rungs.values("ladder"))
    return render(request, "exercises/exercise.html", {"exercise": exercise, "ladders": ladders})


@login_not_required
@require_safe
def when_to_get_help(request: HttpRequest) -> HttpResponse:
    """Show which signs need help and how soon, with the numbers of the runner's country if we know it."""
    country = str(request.user.country) if request.user.is_authenticated else ""
    context = {
        "numbers": numbers_in(country),
        "sources": Source.objects.exclude(slug=PROJECT).order_by("slug"),
    }
    return render(request, "help/when_to_get_help.html", context)
