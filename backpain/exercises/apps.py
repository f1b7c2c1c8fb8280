from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExercisesConfig(AppConfig):
    name = "backpain.exercises"
    label = "exercises"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"
