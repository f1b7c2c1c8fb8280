"""The whole catalogue as a file: out for everybody at the desk, in for those who may add and change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from import_export.tmp_storages import CacheStorage

from backpain.exercises import files
from backpain.exercises.columns import MODELS
from backpain.exercises.files import DryRun, Overtaken
from backpain.exercises.formats import FORMATS, MOST_BYTES, MOST_ROWS, Fault, NotReadable

MOST_SHOWN = 200  # rows or faults on a page
MEGABYTE = 1024 * 1024


class Waiting(CacheStorage):
    """The file of a curator between dry run and confirmation.

    It waits in the database's cache: no file is left behind on any server, and the one that answers next has it
    too. It is kept by the number of the account, so nobody can name another one's file; the next upload takes
    its place, and after an hour it is not given out any more.
    """

    CACHE_PREFIX = "catalogue-file-"
    CACHE_LIFETIME = 60 * 60

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(name=str(request.user.pk))


def _check_size(upload: UploadedFile) -> None:
    if (upload.size or 0) > MOST_BYTES:
        most = MOST_BYTES // MEGABYTE
        raise ValidationError(_("The file is larger than %(most)s MB."), params={"most": most}, code="size")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        validators=[FileExtensionValidator(list(FORMATS)), _check_size],
        widget=forms.FileInput(attrs={"accept": ",".join(f".{suffix}" for suffix in FORMATS)}),
        help_text=_("A .json or .csv file, as the export gives it."),
    )

    def read(self) -> tuple[bytes, str]:
        """Return what is in the file, and which kind of file it is."""
        upload = self.cleaned_data["file"]
        return upload.read(), upload.name.rpartition(".")[2].lower()


class FileViews(admin.ModelAdmin):
    change_list_template = "exercises/desk/list_with_files.html"

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("export/", guard(require_safe(self.export_file)), name=f"{name}_export"),
            path("import/", guard(self.import_file), name=f"{name}_import"),
            path("import/confirm/", guard(require_POST(self.confirm_import)), name=f"{name}_import_confirm"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"may_import": _may_import(request), **(extra_context or {})})

    def export_file(self, request: HttpRequest) -> HttpResponse:
        """Offer the catalogue as a file; with `format`, send it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        suffix = request.GET.get("format")
        if suffix not in FORMATS:
            return self._page(request, "export", {"title": _("Export the catalogue")})
        name = f"catalogue-{timezone.now():%Y-%m-%d}.{suffix}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(
            files.exported(suffix), content_type=FORMATS[suffix].CONTENT_TYPE, headers=headers
        )

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """Show what an uploaded file would change, or why it is refused."""
        if not _may_import(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        Waiting(request).remove()
        if not form.is_valid():
            return self._upload_page(request, form, status=422 if form.is_bound else 200)
        data, suffix = form.read()
        try:
            run = files.dry_run(data, suffix, by=request.user)
        except NotReadable as error:
            return self._upload_page(request, form, faults=error.faults, status=422)
        if not run.faults:
            Waiting(request).save((data, suffix))
        return self._dry_run_page(request, run)

    def confirm_import(self, request: HttpRequest) -> HttpResponse:
        """Store what the dry run showed, if it still comes to the same."""
        if not _may_import(request):
            raise PermissionDenied
        waiting = Waiting(request).read()
        if waiting is None:
            text = _("The file is not here any more. Please choose it again.")
            return self._upload_page(request, UploadForm(), problem=text, status=422)
        try:
            run = files.write(
                *waiting, by=request.user, now=timezone.now(), seen=request.POST.get("seen", "")
            )
        except Overtaken as error:
            return self._dry_run_page(request, error.now, is_overtaken=True)
        except (IntegrityError, OperationalError):  # somebody stored the same at the same moment
            return self._dry_run_page(request, files.dry_run(*waiting, by=request.user), is_overtaken=True)
        Waiting(request).remove()
        messages.success(request, _in_words(run))
        return HttpResponseRedirect(reverse("admin:exercises_exercise_changelist"))

    def _upload_page(
        self,
        request: HttpRequest,
        form: UploadForm,
        *,
        status: int,
        faults: list[Fault] | None = None,
        problem: str = "",
    ) -> HttpResponse:
        context = {
            "title": _("Import a catalogue"),
            "form": form,
            "most_rows": MOST_ROWS,
            "most_megabytes": MOST_BYTES // MEGABYTE,
            **_first(faults or []),
            "problem": problem,
        }
        return self._page(request, "import", context, status=status)

    def _dry_run_page(self, request: HttpRequest, run: DryRun, *, is_overtaken: bool = False) -> HttpResponse:
        context = {
            "title": _("What the file would change"),
            "run": run,
            "shown": run.to_write[:MOST_SHOWN],
            "more_shown": max(0, len(run.to_write) - MOST_SHOWN),
            "is_overtaken": is_overtaken,
            **_first(run.faults),
        }
        status = 422 if run.faults else 409 if is_overtaken else 200
        return self._page(request, "import_dry_run", context, status=status)

    def _page(
        self, request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"exercises/desk/{name}.html", context, status=status)


def _may_import(request: HttpRequest) -> bool:
    verbs = [f"exercises.{verb}_{kind}" for kind in MODELS for verb in ("add", "change")]
    return request.user.has_perms(verbs)


def _first(faults: list[Fault]) -> dict[str, Any]:
    """Return as many faults as a page shows, and how many more there are."""
    return {"faults": faults[:MOST_SHOWN], "more_faults": max(0, len(faults) - MOST_SHOWN)}


def _in_words(run: DryRun) -> str:
    sources = sum(change.kind == "source" for change in run.to_write)
    drafts = len(run.to_write) - sources
    written = ngettext("%(count)s draft was written.", "%(count)s drafts were written.", drafts)
    said = [written % {"count": drafts}]
    if sources:
        stored = ngettext("%(count)s source was stored.", "%(count)s sources were stored.", sources)
        said.append(stored % {"count": sources})
    return " ".join(said)
