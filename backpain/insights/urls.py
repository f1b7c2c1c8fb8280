from django.contrib import admin
from django.urls import path

from . import views

urlpatterns = [
    path("admin/logging-time/", admin.site.admin_view(views.logging_time), name="logging_time"),
    path("progress/", views.progress, name="progress"),
    path("progress/charts/", views.charts, name="charts"),
    path("progress/effects/", views.effects, name="effects"),
    path("progress/<slug:slug>/", views.chart, name="chart"),
    path("exercises/<slug:slug>/yours/", views.yours, name="yours"),
]
