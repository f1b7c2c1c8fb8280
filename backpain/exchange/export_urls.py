from django.urls import path

from . import export_views as views

urlpatterns = [
    path("export/", views.export_account, name="export_account"),
    path("export/account.zip", views.export_archive, name="export_archive"),
    path("export/history.json", views.export_history, name="export_history"),
    path("export/tables/<slug:name>.csv", views.export_table, name="export_table"),
    path("export/fhir.json", views.export_fhir, name="export_fhir"),
    path("export/done.ics", views.export_calendar, name="export_calendar"),
    path("restore/", views.restore_file, name="restore_file"),
    path("restore/<uuid:uuid>/", views.restore_archive, name="restore"),
    path("restore/<uuid:uuid>/discard/", views.discard_restore, name="discard_restore"),
]
