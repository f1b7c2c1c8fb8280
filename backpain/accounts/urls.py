from django.urls import path

from backpain.accounts import views

urlpatterns = [
    path("accounts/signup/", views.signup, name="account_signup"),
    path("welcome/", views.welcome, name="welcome"),
    path("settings/", views.settings, name="settings"),
    path("settings/consent/", views.withdraw_consent, name="withdraw_consent"),
    path("settings/erase/", views.erase_account, name="erase_account"),
]
