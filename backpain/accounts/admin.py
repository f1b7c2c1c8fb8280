"""What owners see of accounts: who may sign in, and who has which role. Nothing of a log."""

from __future__ import annotations

from typing import Any

# allauth registers its own tables, so its modules come first here and find themselves loaded when the admin
# looks for them. Who signs in from where is nobody's business.
from allauth.account import admin as _account  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.usersessions import admin as _usersessions  # noqa: F401
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backpain.accounts.actions import change_account
from backpain.accounts.models import User
from backpain.accounts.roles import Role

admin.site.unregister([EmailAddress, UserSession])


class AccountForm(forms.ModelForm):
    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        coerce=Role,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Nobody publishes in the catalogue what they have edited themselves, whatever their roles."
        ),
    )

    class Meta:
        model = User
        fields = ["is_active"]
        labels = {"is_active": _("May sign in")}
        help_texts = {"is_active": _("Who may not is signed out at once. What they logged stays.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["roles"] = self.instance.roles


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return Role.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts are made by signing up and erased by their owners; here they get roles, or are closed."""

    form = AccountForm
    actions = None
    list_display = ["email", "called", "role_names", "is_active", "joined_at"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["email"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups").order_by("email")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let nobody find out a year of birth or a password by asking for a list that has it."""
        return lookup in {RoleFilter.parameter_name, "is_active__exact"}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and _why_not(request, obj))

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        roles = "roles" if self.has_change_permission(request, obj) else "role_names"
        fields = ["email", "called", roles, "is_active", "joined_at"]
        return [(None, {"fields": fields, "description": obj and _why_not(request, obj)})]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["email", "called", "role_names", "joined_at"]

    @admin.display(description=_("name"))
    def called(self, user: User) -> str:
        return user.name

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        first = [gettext("Superuser")] if user.is_superuser else []
        return ", ".join([*first, *(str(role.label) for role in user.roles)])

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        change_account(user=obj, roles=form.cleaned_data["roles"], is_active=obj.is_active)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Return what the log of the admin says: who was appointed to what, who was let in."""
        return " ".join(_changes(form)) or super().construct_change_message(request, form, formsets, add)


def _why_not(request: HttpRequest, user: User) -> str:
    """Return why an account cannot be changed here, "" where it can."""
    if user == request.user:
        return gettext("This is you. Another owner can change your roles.")
    return gettext("Superusers are kept on the server, with commands.") if user.is_superuser else ""


def _changes(form: AccountForm) -> list[str]:
    before, after = set(form.initial["roles"]), set(form.cleaned_data["roles"])
    words = [
        gettext("Appointed: %(role)s.") % {"role": role.label} for role in Role if role in after - before
    ]
    words += [
        gettext("Dismissed: %(role)s.") % {"role": role.label} for role in Role if role in before - after
    ]
    if "is_active" in form.changed_data:
        is_in = form.cleaned_data["is_active"]
        words.append(gettext("May sign in again.") if is_in else gettext("May not sign in any more."))
    return words
