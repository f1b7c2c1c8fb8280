from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # the same rate limits as every other sign-in
admin.site.enable_nav_sidebar = False
handler500 = "backpain.api.v1.failed"

urlpatterns = [
    path("", include("backpain.ui.urls")),
    path("", include("backpain.training.urls")),
    path("", include("backpain.plan.urls")),
    path("", include("backpain.insights.urls")),
    path("", include("backpain.reports.urls")),
    path("", include("backpain.reports.sharing_urls")),
    path("", include("backpain.exchange.urls")),
    path("", include("backpain.exchange.export_urls")),
    path("", include("backpain.api.urls")),
    path("", include("backpain.exercises.urls")),
    path("", include("backpain.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
