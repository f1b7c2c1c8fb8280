from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from backpain.accounts.access import RunnerRequest
from backpain.exercises import queries
from backpain.exercises.models import PROJECT, Exercise, Source
from backpain.exercises.numbers import numbers_in
from backpain.exercises.page import WAYS, catalogue_page, exercise_page, look_of
from backpain.exercises.purposes import PURPOSES
from backpain.figures.sheet import sheet

YEAR_S = 365 * 24 * 3600


@require_safe
def exercises(request: RunnerRequest) -> HttpResponse:
    """Show the catalogue by ladder, purpose or equipment, narrowed by what was searched for and chosen."""
    look = look_of(request.GET)
    context = {
        "look": look,
        "catalogue": catalogue_page(look),
        "ways": WAYS.items(),
        "purposes": PURPOSES,
        "equipments": queries.equipment_in_use(),
    }
    template = "exercises/exercises.html"
    return render(request, f"{template}#found" if request.htmx else template, context)


@require_safe
def exercise(request: RunnerRequest, slug: str) -> HttpResponse:
    """Show one exercise: why, how, when to stop, how much by each source, and its ladder."""
    exercise = get_object_or_404(queries.with_doses(Exercise.objects.all()), slug=slug)
    keeps_log = request.user.consents.in_force().exists()
    return render(
        request, "exercises/exercise.html", {"page": exercise_page(exercise), "keeps_log": keeps_log}
    )


@require_safe
@cache_control(private=True, max_age=YEAR_S, immutable=True)
def figures(request: HttpRequest) -> HttpResponse:
    """Return the small drawings of all exercises; pages ask for it by its version."""
    return HttpResponse(sheet(queries.figures()), content_type="image/svg+xml")


@login_not_required
@require_safe
def when_to_get_help(request: HttpRequest) -> HttpResponse:
    """Show which signs need help and how soon, with the numbers of the runner's country if we know it."""
    country = str(request.user.country) if request.user.is_authenticated else ""
    context = {
        "numbers": numbers_in(country),
        "sources": Source.objects.filter(doses__exercise__in=Exercise.objects.published())
        .distinct()
        .exclude(slug=PROJECT)
        .order_by("slug"),
    }
    return render(request, "help/when_to_get_help.html", context)
