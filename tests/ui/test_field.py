from django import forms
from django.template import Context, Template


class RunForm(forms.Form):
    distance = forms.DecimalField(label="Distance", help_text="in km", max_value=200)
    signs = forms.MultipleChoiceField(
        label="Signs", required=False, choices=[("limp", "I limped")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="I agree")


def drawn(form: forms.Form, name: str) -> str:
    return Template("{% load ui %}{% field form." + name + " %}").render(Context({"form": form}))


def test_ties_label_help_and_input_together():
    html = drawn(RunForm(), "distance")

    assert '<label for="id_distance">Distance</label>' in html
    assert 'id="id_distance_helptext">in km' in html
    assert 'aria-describedby="id_distance_helptext"' in html


def test_says_beside_the_input_what_is_wrong_and_keeps_what_was_typed():
    html = drawn(RunForm({"distance": "300"}), "distance")

    assert 'value="300"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_distance_helptext id_distance_error"' in html
    assert 'id="id_distance_error"' in html


def test_puts_a_group_of_checkboxes_under_a_legend():
    html = drawn(RunForm(), "signs")

    assert "<fieldset" in html
    assert "<legend>Signs</legend>" in html
    assert 'for="id_signs_0"' in html


def test_puts_the_label_of_a_checkbox_around_it():
    html = drawn(RunForm(), "agree")

    assert '<label class="tick"><input type="checkbox" name="agree"' in html
    assert "<span>I agree</span></label>" in html


def test_draws_whole_forms_the_same_way():
    assert '<div class="field field--number">' in RunForm().as_div()


def test_has_a_step_down_and_a_step_up_of_a_number():
    template = Template("{% load ui %}{% stepper form.distance 0.5 'km' %}")
    html = template.render(Context({"form": RunForm(initial={"distance": "8.2"})}))

    assert 'data-step="-0.5" aria-label="0.5 km less"' in html
    assert 'data-step="0.5" aria-label="0.5 km more"' in html
    assert 'value="8.2"' in html
    assert '<label for="id_distance">' in html
