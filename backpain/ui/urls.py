from django.urls import path

from . import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/token", views.outbox_token, name="outbox_token"),
    path("sw.js", views.service_worker, name="service_worker"),
]
