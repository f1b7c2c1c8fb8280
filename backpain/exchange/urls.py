from django.urls import path

from . import column_views, views

urlpatterns = [
    path("import/", views.import_files, name="import_files"),
    path("import/<uuid:uuid>/", views.import_page, name="import"),
    path("import/<uuid:uuid>/choose/", views.choose_imported, name="choose_imported"),
    path("import/<uuid:uuid>/confirm/", views.confirm_import, name="confirm_import"),
    path("import/<uuid:uuid>/discard/", views.discard_import, name="discard_import"),
    path("import/<uuid:uuid>/undo/", views.undo_import, name="undo_import"),
    path("import/<uuid:uuid>/columns/<int:number>/", column_views.map_columns, name="map_columns"),
]
