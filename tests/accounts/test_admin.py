from django.contrib import admin

from backpain.accounts.models import User

DESK = {"drafted_by", "edited_by", "reviewed_by", "published_by"}  # who keeps rulesets and the catalogue


def test_has_no_table_of_a_runners():
    for model in admin.site._registry:
        people = {field.name for field in model._meta.fields if field.related_model is User}
        assert people <= DESK, model


def test_uses_the_sign_in_everybody_uses(client):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/")
