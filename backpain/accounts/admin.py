# Curators keep the catalogue; who runs is none of their business. allauth registers its own tables,
# so its modules come first here and find themselves loaded when the admin looks for them.
from allauth.account import admin as _account  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.usersessions import admin as _usersessions  # noqa: F401
from allauth.usersessions.models import UserSession
from django.contrib import admin

admin.site.unregister([EmailAddress, UserSession])
