from django.contrib import admin

from backpain.accounts.models import User

CURATORS = {"drafted_by", "published_by"}  # who keeps a ruleset


def test_shows_curators_no_runner():
    for model in admin.site._registry:
        assert model is not User
        people = {field.name for field in model._meta.fields if field.related_model is User}
        assert people <= CURATORS, model


def test_uses_the_sign_in_everybody_uses(client):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/")
