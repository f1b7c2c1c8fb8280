"""The figure is a second way to tick the places: same checkboxes, both sides of the body, nothing for the keyboard."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template

from backpain.ui.sites import BODY_VIEWS, MIDDLE, SITE_ROWS

CSS = (Path(__file__).parents[2] / "static" / "css" / "bodymap.css").read_text()
SITES = {value for _row, choices in SITE_ROWS for value, _label in choices}
BY_NAME = {view.name: {area.site: area for area in view.areas} for view in BODY_VIEWS}
PX_PER_UNIT = 240 / 112  # on a phone: 15rem of a picture 112 wide


class SitesForm(forms.Form):
    sites = forms.MultipleChoiceField(choices=[(site, "x") for site in SITES], required=False)


def drawn(options=""):
    template = Template("{% load ui %}{% site_picker form.sites " + options + " %}")
    return template.render(Context({"form": SitesForm()}))


def test_every_place_but_the_nameless_one_is_on_the_figure():
    assert set().union(*BY_NAME.values()) == SITES - {"other"}


def test_an_area_is_a_label_of_the_checkbox_in_the_rows():
    html = drawn()
    labels = re.findall(r'<label for="([^"]+)"></label>', html)

    assert Counter(labels) == Counter(f"id_sites_{site}" for areas in BY_NAME.values() for site in areas)
    assert all(html.count(f'id="{id_}"') == 1 for id_ in labels)


def test_what_is_ticked_is_painted():
    for site in SITES - {"other"}:
        assert f'.sites:has([value="{site}"]:checked) .at-{site}' in CSS, site
        assert f'class="at-{site}"' in drawn()


@pytest.mark.parametrize(("view", "side"), [("back", "left"), ("front", "right")])
def test_sides_are_the_runners_own(view, side):
    """Seen from behind, the left side is on the left; from the front it is on the right."""
    for site, area in BY_NAME[view].items():
        if site.endswith(("-left", "-right")):
            is_left_of_the_middle = area.x + area.width / 2 < MIDDLE
            assert is_left_of_the_middle == site.endswith(side), site
    (shown,) = (each for each in BODY_VIEWS if each.name == view)
    assert str(shown.sides[0]) == f"your {side}"


def test_an_area_is_32_px_wide_and_high_on_a_phone_and_no_two_overlap():
    for areas in BY_NAME.values():
        for site, area in areas.items():
            assert min(area.width, area.height) * PX_PER_UNIT >= 32, site
            others = (other for name, other in areas.items() if name != site)
            assert not any(overlap(area, other) for other in others), site


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_the_numbers_of_the_picture_are_written_as_svg_reads_them():
    with_comma = '{% load i18n ui %}{% language "de" %}{% site_picker form.sites %}{% endlanguage %}'
    html = Template(with_comma).render(Context({"form": SitesForm()}))

    assert 'x="33.8"' in html
    assert not re.search(r'(?:x|y|width|height)="\d+,', html)


def test_a_page_that_asks_the_nerve_questions_itself_does_not_lead_to_them():
    assert "/screening/?kind=nerve" in drawn()
    assert "kind=nerve" not in drawn("nerve_link=False")
