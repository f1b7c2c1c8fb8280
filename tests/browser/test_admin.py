"""The curators' desk keeps the site's policy too: what a page breaks of it fails the test through `complaints`."""

import pytest

from tests.conftest import NOON
from tests.pages import address, fill_log
from tests.test_access import ROWS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_every_page_of_the_admin_keeps_the_policy(page, alice, carol, at_noon, sign_in):
    fill_log(alice, now=NOON)
    sign_in(carol)
    names = [name for name, row in ROWS.items() if name.startswith("admin:") and row[3] == "200"]

    for name in names:
        assert page.goto(address(name, alice)).status == 200, name

    assert len(names) >= 15
