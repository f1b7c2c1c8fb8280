from django.urls import path

from . import sharing_views as views

urlpatterns = [
    path("report/share/", views.shares, name="shares"),
    path("report/share/<uuid:uuid>/revoke/", views.revoke_share, name="revoke_share"),
    path("shared/<str:token>/", views.shared_report, name="shared_report"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/remove/", views.remove_calendar, name="remove_calendar"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
]
