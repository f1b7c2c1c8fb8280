"""Translating the catalogue: a text in English beside its translation, and lists of what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from backpain.exercises import publishing
from backpain.exercises.curated import Curated
from backpain.exercises.models import Article, Exercise, Ladder
from backpain.exercises.translations import (
    BY_LINE,
    Standing,
    check_text,
    in_work,
    languages,
    name_of,
    standings,
    with_words,
)

MODELS: list[type[Curated]] = [Exercise, Ladder, Article]
LOOKED_AT = "looked_at_"


class TranslationForm(forms.Form):
    """The texts of a row in one language. `seen` is the row and version that was looked at when the typing began."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, row: Curated, language: str) -> None:
        super().__init__(data)
        self.row, self.language, self.standings = row, language, standings(row, language)
        self.stored: dict[str, str] = row.translations.get(language, {})
        for name, standing in self.standings.items():
            self.fields[name] = self._text(name)
            if standing is Standing.OLDER:
                label = gettext_lazy("I compared them: it still says the same")
                self.fields[LOOKED_AT + name] = forms.BooleanField(label=label, required=False)
        seen = f"{row.pk}.{row.version}"
        self.is_overtaken = data is not None and data.get("seen") != seen
        self.initial["seen"] = seen
        if self.is_overtaken:
            self.data = data.copy()
            self.data["seen"] = seen

    def _text(self, name: str) -> forms.Field:
        column = self.row._meta.get_field(name)
        text = column.formfield(
            required=False, initial=self.stored.get(name, ""), label=capfirst(column.verbose_name)
        )
        text.widget.attrs |= {"lang": self.language, "dir": "auto"}
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_overtaken:
            text = _("Somebody has saved this draft since you opened it. Nothing of yours is stored yet.")
            raise forms.ValidationError(text, code="overtaken")
        for name in self.standings.keys() & cleaned.keys():
            cleaned[name] = _tidy(cleaned[name], name)
            try:
                check_text(self.row._meta.get_field(name), cleaned[name])
            except forms.ValidationError as error:
                self.add_error(name, error)
        return cleaned

    @property
    def translations(self) -> dict[str, Any]:
        """Return the row's translations with what was typed."""
        texts = {name: self.cleaned_data[name] for name in self.standings}
        looked_at = {name for name in texts if self.cleaned_data.get(LOOKED_AT + name)}
        return with_words(self.row, self.language, texts, looked_at=looked_at)

    @property
    def lines(self) -> Iterator[Line]:
        for name, standing in self.standings.items():
            english, typed = getattr(self.row, name), str(self[name].value() or "")
            checkbox = self[LOOKED_AT + name] if LOOKED_AT + name in self.fields else None
            yield Line(
                english=english.splitlines(),
                translated=typed.splitlines(),
                text=self[name],
                looked_at=checkbox,
                standing=standing,
                stored=self.stored.get(name, "") if self.is_overtaken else None,
                uneven=_uneven(name, english, typed),
            )


@dataclass(frozen=True, kw_only=True)
class Line:
    """One text in both languages, line by line. `stored` is what somebody else has saved meanwhile."""

    english: list[str]
    translated: list[str]
    text: forms.BoundField
    looked_at: forms.BoundField | None
    standing: Standing
    stored: str | None
    uneven: str


def _tidy(text: str, name: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line) if name in BY_LINE else text.strip()


def _uneven(name: str, english: str, text: str) -> str:
    """Return a warning where a translation has another number of lines than the English text, else ""."""
    lines = _tidy(text, name).splitlines()
    if name not in BY_LINE or not lines or len(lines) == len(english.splitlines()):
        return ""
    words = {"english": len(english.splitlines()), "lines": len(lines)}
    return _("The English text has %(english)s lines, this has %(lines)s.") % words


class TranslationViews(admin.ModelAdmin):
    """A page for each language, to translate a row into; what is saved there is in its draft."""

    def translation_links(self, row: Any) -> list[tuple[str, str]]:
        """Return a button for each language."""
        return [
            (self._translate_url(row, code), _("In %(language)s") % {"language": name})
            for code, name in languages().items()
        ]

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_translate"
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.translate))
        return [path("<int:pk>/translate/<slug:language>/", view, name=name), *super().get_urls()]

    def translate(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Show the texts of a row beside their translations, and save these in its draft."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if language not in languages():
            return _no_language(request, language)
        if request.method == "POST":
            return self._save_translation(request, pk, language)
        row = get_object_or_404(self.model.desk, pk=pk)
        draft = row.draft_under_way
        if draft and draft != row:
            return HttpResponseRedirect(self._translate_url(draft, language))
        form = TranslationForm(row=row, language=language)
        return self._translate_page(request, form)

    @transaction.atomic
    def _save_translation(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self._in_work(pk)
        if row is None:
            return self._too_late(request)
        form = TranslationForm(request.POST, row=row, language=language)
        if not form.is_valid():
            return self._translate_page(request, form, status=422)
        name, words = languages()[language], form.translations
        if words == row.translations:
            messages.info(request, _("Nothing was changed."))
            return HttpResponseRedirect(self._translate_url(row, language))
        draft = publishing.translate(
            row=row, translations=words, language=name, by=request.user, now=timezone.now()
        )
        self.log_change(request, draft, _("Translated: %(language)s.") % {"language": name})
        messages.success(
            request, _("Saved in the draft. Runners see it once somebody else has reviewed and published it.")
        )
        return HttpResponseRedirect(self._translate_url(draft, language))

    def _in_work(self, pk: int) -> Any:
        """Return the draft of a row or the row itself; None where it was published or thrown away meanwhile."""
        row = self.model.desk.select_for_update().filter(pk=pk).first()
        return row and (row.draft_under_way or row)

    def _translate_url(self, row: Any, language: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_translate"
        return reverse(name, args=[row.pk, language])

    def _translate_page(
        self, request: HttpRequest, form: TranslationForm, *, status: int = 200
    ) -> HttpResponse:
        name = languages()[form.language]
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(language)s: %(name)s") % {"name": name_of(form.row), "language": name},
            "opts": self.opts,
            "form": form,
            "language": name,
            "row_url": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[form.row.pk]
            ),
            "may_edit": self.has_change_permission(request),
        }
        return TemplateResponse(request, "exercises/desk/translate.html", context, status=status)


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """What a row lacks in a language."""

    row: Curated
    name: str
    url: str
    missing: list[str]
    older: list[str]
    all_missing: bool


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The rows of a table that lack something, and how many there are in all."""

    plural: str
    count: int
    gaps: list[Gaps]

    @property
    def whole(self) -> int:
        return self.count - len(self.gaps)


@require_safe
def translations(request: HttpRequest) -> HttpResponse:
    """List the languages with how far each is, and say how to add one."""
    models = _models_of(request)
    far = [(code, name, [_kind(model, code) for model in models]) for code, name in languages().items()]
    return _page(request, _("Translations"), far=far)


@require_safe
def missing_translations(request: HttpRequest, language: str) -> HttpResponse:
    """List what is missing in a language, or older than the English text."""
    models = _models_of(request)
    if language not in languages():
        return _no_language(request, language)
    name = languages()[language]
    kinds = [_kind(model, language) for model in models]
    return _page(
        request, _("What is missing in %(language)s") % {"language": name}, kinds=kinds, language=name
    )


def _models_of(request: HttpRequest) -> list[type[Curated]]:
    """Return what somebody may look at of what can be translated; refuse who may look at nothing."""
    models = [model for model in MODELS if request.user.has_perm(f"exercises.view_{model._meta.model_name}")]
    if not models:
        raise PermissionDenied
    return models


def _kind(model: type[Curated], language: str) -> Kind:
    rows = in_work(model)
    gaps = [_gaps(row, language) for row in rows]
    return Kind(
        plural=capfirst(model._meta.verbose_name_plural),
        count=len(rows),
        gaps=[each for each in gaps if each.missing or each.older],
    )


def _gaps(row: Curated, language: str) -> Gaps:
    model = row._meta
    labels: dict[Standing, list[str]] = {standing: [] for standing in Standing}
    for name, standing in standings(row, language).items():
        labels[standing].append(str(model.get_field(name).verbose_name))
    return Gaps(
        row=row,
        name=name_of(row),
        url=reverse(f"admin:{model.app_label}_{model.model_name}_translate", args=[row.pk, language]),
        missing=labels[Standing.MISSING],
        older=labels[Standing.OLDER],
        all_missing=not labels[Standing.OLDER] and not labels[Standing.DONE],
    )


def _no_language(request: HttpRequest, language: str) -> HttpResponse:
    return _page(request, _("Translations"), status=404, unknown=language)


def _page(request: HttpRequest, title: str, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **more}
    return TemplateResponse(request, "exercises/desk/missing.html", context, status=status)
