"""The yardstick: a view with one indexed query and a table of 20 rows, behind the product's own middleware."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from backpain.accounts.access import RunnerRequest
from backpain.urls import urlpatterns as products

TABLE = """<!doctype html><title>Runs</title><table>
{% for run in runs %}
<tr><td>{{ run.on }}</td><td>{{ run.distance_m }}</td><td>{{ run.pain_after }}</td></tr>
{% endfor %}
</table>"""


def bare(request: RunnerRequest) -> HttpResponse:
    runs = request.user.runs.order_by("-on", "-started_at")[:20]
    return HttpResponse(table().render({"runs": runs}, request))


@cache  # as Django keeps the templates of files
def table() -> Any:
    return engines["django"].from_string(TABLE)


urlpatterns = [path("bare/", bare), *products]
