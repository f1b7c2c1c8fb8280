from django.urls import path

from . import views

urlpatterns = [
    path("report/", views.options, name="report_options"),
    path("report/page/", views.report, name="report"),
    path("report/pdf/", views.ask_for_pdf, name="ask_for_pdf"),
    path("report/pdf/<uuid:uuid>/", views.pdf, name="report_pdf"),
    path("report/pdf/<uuid:uuid>/file/", views.pdf_file, name="report_pdf_file"),
]
