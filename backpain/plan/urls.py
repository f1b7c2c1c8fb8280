from django.urls import path

from . import views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/<uuid:advice>/<slug:ladder>/accept/", views.accept_move, name="accept_move"),
    path("plan/<uuid:advice>/<slug:ladder>/later/", views.postpone_move, name="postpone_move"),
    path("rules/", views.rules, name="rules"),
]
