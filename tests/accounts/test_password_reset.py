import re

from django.core import mail


def test_sets_a_new_password_through_the_link_in_the_message(client, alice):
    client.post("/accounts/password/reset/", {"email": "ALICE@example.org"})
    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]
    form_page = client.get(link, follow=True)

    client.post(
        form_page.request["PATH_INFO"], {"password1": "negative-split", "password2": "negative-split"}
    )

    alice.refresh_from_db()
    assert alice.check_password("negative-split")


def test_does_not_tell_who_has_an_account(client, alice):
    known = client.post("/accounts/password/reset/", {"email": "alice@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
