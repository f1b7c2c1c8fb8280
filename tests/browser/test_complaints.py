"""The net under the browser tests holds: each kind of fault on a page is noticed."""

import pytest

POLICY = {"Content-Security-Policy": "default-src 'none'; img-src *"}


@pytest.mark.parametrize(
    ("page", "body", "complaint"),
    [
        ("phone", "<script>1</script>", "Content Security Policy"),
        ("phone", "<p style='color: red'>", "Content Security Policy"),
        ("phone, no JavaScript", "<p style='color: red'>", "Content Security Policy"),
        ("phone", "<img src='/nothing.png' alt=''>", "404: "),
        (
            "phone",
            "<img src='http://elsewhere.test/a.png' alt=''>",
            "another host: http://elsewhere.test/a.png",
        ),
    ],
    indirect=["page"],
)
def test_a_fault_on_a_page_is_noticed(page, complaints, body, complaint):
    page.route("**/page", lambda route: route.fulfill(body=body, headers=POLICY, content_type="text/html"))
    page.route("**/*.png", lambda route: route.fulfill(status=404))

    page.goto("/page")

    assert any(complaint in one for one in complaints), complaints
    complaints.clear()


def test_a_script_error_is_noticed(page, complaints):
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw Error('a slip') })")

    assert complaints == ["script: a slip"]
    complaints.clear()


@pytest.mark.parametrize("page", ["phone", "desktop, dark"], indirect=True)
def test_axe_finds_a_missing_label(page, axe):
    page.set_content("<html lang='en'><title>Page</title><main><h1>Page</h1><input></main>")

    with pytest.raises(AssertionError, match="label"):
        axe(page)
