from django.urls import path

from . import views

urlpatterns = [
    path("", views.today, name="today"),
    path("start/", views.start, name="start"),
    path("morning/", views.morning, name="morning"),
    path("runs/new/", views.log_run, name="log_run"),
    path("sessions/new/", views.log_session, name="log_session"),
    path("check-ins/new/", views.log_entry, {"kind": "check_in"}, name="log_check_in"),
    path("skipped-runs/new/", views.log_entry, {"kind": "skipped_run"}, name="log_skipped_run"),
    path("rests/new/", views.log_entry, {"kind": "rest"}, name="log_rest"),
    path("care/new/", views.log_entry, {"kind": "care"}, name="log_care"),
    path("screening/", views.start_screening, name="start_screening"),
    path("runs/<uuid:uuid>/", views.entry, {"kind": "run"}, name="run"),
    path("sessions/<uuid:uuid>/", views.entry, {"kind": "session"}, name="session"),
    path("check-ins/<uuid:uuid>/", views.entry, {"kind": "check_in"}, name="check_in"),
    path("skipped-runs/<uuid:uuid>/", views.entry, {"kind": "skipped_run"}, name="skipped_run"),
    path("rests/<uuid:uuid>/", views.entry, {"kind": "rest"}, name="rest"),
    path("care/<uuid:uuid>/", views.entry, {"kind": "care"}, name="care"),
    path("screening/<uuid:uuid>/", views.entry, {"kind": "screening"}, name="screening"),
    path("entries/<str:kind>/<uuid:uuid>/delete/", views.delete_entry, name="delete_entry"),
    path("entries/<str:kind>/<uuid:uuid>/restore/", views.restore_entry, name="restore_entry"),
    path("history/", views.history, name="history"),
    path("history/export/", views.export_history, name="export_history"),
]
