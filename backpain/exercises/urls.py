from django.contrib import admin
from django.urls import path

from backpain.exercises import learn, views
from backpain.exercises.admin.translating import missing_translations, translations

guard = admin.site.admin_view

urlpatterns = [
    path("admin/exercises/missing/", guard(translations), name="translations"),
    path(
        "admin/exercises/missing/<slug:language>/", guard(missing_translations), name="missing_translations"
    ),
    path("exercises/", views.exercises, name="exercises"),
    path("exercises/figures.svg", views.figures, name="figures"),
    path("exercises/<slug:slug>/", views.exercise, name="exercise"),
    path("learn/", learn.articles, name="learn"),
    path("learn/<slug:slug>/", learn.article, name="article"),
    path("help/when-to-get-help/", views.when_to_get_help, name="when_to_get_help"),
]
