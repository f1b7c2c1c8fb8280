from django.contrib import admin

from backpain.accounts.models import User


def test_shows_curators_no_runner():
    for model in admin.site._registry:
        assert model is not User
        assert not any(field.related_model is User for field in model._meta.fields), model


def test_uses_the_sign_in_everybody_uses(client):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/")
