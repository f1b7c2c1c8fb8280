"""What all pages of the curators' desk have in common."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class CatalogueAdmin(admin.ModelAdmin):
    """A slug is for ever: logs, plans and load_catalogue know a row by it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what the deletion page says; it lists nothing of a runner's."""
        _rows, _counts, permissions, protected = super().get_deleted_objects(objs, request)
        rows = [str(row) for row in objs]
        return rows, {self.opts.verbose_name_plural: len(rows)}, permissions, protected and self.holders(objs)

    def holders(self, objs: Any) -> list[Any]:
        """Return what uses these rows; runners' plans are not looked into."""
        return [_("The plans of runners")]
