from django.urls import path

from backpain.exercises import views

urlpatterns = [
    path("exercises/", views.exercises, name="exercises"),
    path("exercises/<slug:slug>/", views.exercise, name="exercise"),
    path("help/when-to-get-help/", views.when_to_get_help, name="when_to_get_help"),
]
