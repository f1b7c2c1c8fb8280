"""Learn: short articles on what may lie behind a sore back, and on habits."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from backpain.exercises import queries
from backpain.exercises.models import Article

RULE = re.compile(r"\b([A-Z]-\d+[a-z]?)\b")

type Piece = tuple[str, bool]  # words, and whether they are the id of a rule


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """List the articles by topic."""
    return render(request, "exercises/learn.html", {"topics": queries.articles_by_topic()})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one article. The paragraphs that name rules say what the app does, so they stand apart."""
    article = get_object_or_404(queries.with_links(Article.objects.published()), slug=slug)
    context = {
        "article": article,
        "told": [text for text in article.paragraphs if not RULE.search(text)],
        "done": [_pieces(text) for text in article.paragraphs if RULE.search(text)],
    }
    return render(request, "exercises/article.html", context)


def _pieces(text: str) -> list[Piece]:
    """Cut a paragraph at the ids of rules, which become links."""
    return [(piece, RULE.fullmatch(piece) is not None) for piece in RULE.split(text)]
