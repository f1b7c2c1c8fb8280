from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backpain.accounts.actions import appoint, dismiss, set_up_roles
from backpain.accounts.models import User
from backpain.accounts.roles import Role

NAMES = [role.name.lower() for role in Role]


class Command(BaseCommand):
    help = "Give an account a role in the admin, or take it back. The account is made by signing up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="who")
        parser.add_argument("role", help=", ".join(NAMES))
        parser.add_argument("--remove", action="store_true", help="take the role back")

    def handle(self, *args: Any, **options: Any) -> None:
        user, role = _user(options["email"]), _role(options["role"])
        set_up_roles()
        change = dismiss if options["remove"] else appoint
        change(user=user, role=role)
        named = ", ".join(each.name.lower() for each in user.roles) or "none"
        self.stdout.write(f"Roles of {user.email} now: {named}.")


def _user(email: str) -> User:
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise CommandError(f"There is no account with the e-mail address {email!r}. Sign up first.")
    return user


def _role(name: str) -> Role:
    if name.lower() not in NAMES:
        raise CommandError(f"There is no role {name!r}. Choose one of: {', '.join(NAMES)}.")
    return Role[name.upper()]
