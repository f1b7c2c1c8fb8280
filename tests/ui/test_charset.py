import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["rot13", "base64", "utf-7", "idna", "no-such"])
def test_a_form_is_read_as_utf_8_whatever_it_claims(client, charset):
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\na\r\n--x--\r\n'

    response = client.generic(
        "POST", "/accounts/login/", body, content_type=f"multipart/form-data; boundary=x; charset={charset}"
    )

    assert response.status_code in {200, 400, 422}
