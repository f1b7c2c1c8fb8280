from django.urls import path

from . import v1, views

urlpatterns = [
    path("settings/tokens/", views.tokens, name="tokens"),
    path("settings/tokens/<uuid:uuid>/end/", views.end_token, name="end_token"),
    path("api/", views.api_help, name="api_help"),
    *v1.urlpatterns,
]
