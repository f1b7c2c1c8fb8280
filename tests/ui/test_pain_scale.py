import pytest
from django import forms
from django.template import Context, Template


class PainForm(forms.Form):
    pain_after = forms.TypedChoiceField(
        label="Pain now", choices=[(score, score) for score in range(11)], required=False, empty_value=None
    )


def drawn(form: forms.Form, arguments: str = "2 5") -> str:
    return Template("{% load ui %}{% pain_scale form.pain_after " + arguments + " %}").render(
        Context({"form": form})
    )


def test_has_eleven_scores_and_skip_in_one_group():
    html = drawn(PainForm())

    assert html.count('type="radio" name="pain_after"') == 12
    assert "<legend>Pain now</legend>" in html
    assert 'value="" id="id_pain_after_skip"' in html


def test_has_nothing_preselected():
    assert "checked" not in drawn(PainForm())


@pytest.mark.parametrize(("typed", "chosen"), [("0", "id_pain_after_0"), ("10", "id_pain_after_10")])
def test_keeps_what_was_chosen(typed, chosen):
    html = drawn(PainForm({"pain_after": typed}))

    assert html.count(" checked") == 1
    assert f'id="{chosen}" checked' in html


def test_shows_a_score_that_was_stored():
    assert 'id="id_pain_after_3" checked' in drawn(PainForm(initial={"pain_after": 3}))


def test_keeps_a_skip():
    assert 'id="id_pain_after_skip" checked' in drawn(PainForm({"pain_after": ""}))


def test_has_no_skip_where_an_answer_is_needed():
    form = PainForm()
    form.fields["pain_after"].required = True

    html = drawn(form)

    assert "Skip" not in html
    assert html.count(" required") == 11


def test_names_the_zones_from_the_limits_it_is_given():
    html = drawn(PainForm(), "1 3")

    assert "Noted. 0–1 is in the low range." in html
    assert "Noted. 2–3 is in the raised range." in html
    assert "Noted. 4–10 is in the high range." in html
    assert html.count('<label class="ok">') == 2
    assert html.count('<label class="care">') == 2
    assert html.count('<label class="stop">') == 7


def test_says_nothing_about_zones_without_limits():
    html = drawn(PainForm(), "")

    assert "Noted" not in html
    assert 'class="ok"' not in html


def test_says_beside_the_scale_what_is_wrong():
    html = drawn(PainForm({"pain_after": "11"}))

    assert 'aria-describedby="id_pain_after_error"' in html
    assert 'id="id_pain_after_error"' in html
    assert 'aria-invalid="true"' in html
