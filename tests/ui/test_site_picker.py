import json
from pathlib import Path

from django import forms
from django.template import Context, Template

from backpain.ui.sites import SITE_ROWS

SCHEMA = Path(__file__).parents[2] / "backpain" / "plan" / "history.schema.json"


class SitesForm(forms.Form):
    sites = forms.MultipleChoiceField(
        label="Where?",
        required=False,
        choices=[("low-back-left", "x"), ("knee-left", "x"), ("knee-right", "x")],
    )


def drawn(form: forms.Form) -> str:
    return Template("{% load ui %}{% site_picker form.sites %}").render(Context({"form": form}))


def test_offers_each_site_of_the_history_contract_once():
    contract = json.loads(SCHEMA.read_text())["$defs"]["sites"]["items"]["enum"]
    offered = [value for _row, choices in SITE_ROWS for value, _label in choices]

    assert len(offered) == 21
    assert sorted(offered) == sorted(contract)


def test_groups_the_sites_in_rows():
    html = drawn(SitesForm())

    assert html.count('type="checkbox" name="sites"') == 21
    assert html.count("<fieldset") == 1 + len(SITE_ROWS)
    assert "<legend>Low back</legend>" in html


def test_keeps_what_was_chosen():
    html = drawn(SitesForm({"sites": ["knee-right", "low-back-left"]}))

    assert html.count(" checked") == 2
    assert 'id="id_sites_knee-right" checked' in html
    assert 'id="id_sites_low-back-left" checked' in html


def test_has_nothing_preselected():
    assert "checked" not in drawn(SitesForm())
