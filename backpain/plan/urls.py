from django.contrib import admin
from django.urls import path

from . import views
from .site_settings import hindsight, site_settings

urlpatterns = [
    path("admin/settings/", admin.site.admin_view(site_settings), name="site_settings"),
    path("admin/hindsight/", admin.site.admin_view(hindsight), name="hindsight"),
    path("advice/", views.advice_log, name="advice_log"),
    path("advice/<uuid:uuid>/", views.advice, name="advice"),
    path("advice/<uuid:uuid>/right/", views.look_back, name="look_back"),
    path("advice/<uuid:uuid>/tip/not-now/", views.put_off_tip, name="put_off_tip"),
    path("advice/<uuid:uuid>/tip/undo/", views.bring_back_tip, name="bring_back_tip"),
    path("plan/", views.plan, name="plan"),
    path("plan/<uuid:advice>/<slug:ladder>/accept/", views.accept_move, name="accept_move"),
    path("plan/<uuid:advice>/<slug:ladder>/later/", views.postpone_move, name="postpone_move"),
    path("plan/<uuid:advice>/<slug:ladder>/decline/", views.decline_move, name="decline_move"),
    path("rules/", views.rules, name="rules"),
]
