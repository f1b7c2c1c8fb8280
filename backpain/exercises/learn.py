"""Learn: short articles on what may lie behind a sore back, and on habits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from backpain.exercises import queries
from backpain.exercises.models import Article
from backpain.exercises.page import article_page


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """List the articles by topic."""
    return render(request, "exercises/learn.html", {"topics": queries.articles_by_topic()})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one article."""
    article = get_object_or_404(queries.with_links(Article.objects.published()), slug=slug)
    return render(request, "exercises/article.html", article_page(article))
