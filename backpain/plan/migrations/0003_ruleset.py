import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0002_what_runners_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ruleset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Stored with every advice, for ever. Names like 2026.1 belong to shipped rulesets.",
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9.-]*\\Z", "Begin with a letter; then a-z, 0-9, - and ."
                            )
                        ],
                    ),
                ),
                ("base", models.CharField(editable=False, max_length=20)),
                ("changes", models.JSONField(default=dict, editable=False)),
                ("reason", models.TextField(blank=True, editable=False, max_length=2000)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "bench_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not tried"),
                            ("waiting", "waiting for the background worker"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("bench_asked_at", models.DateTimeField(editable=False, null=True)),
                ("bench_percent", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("bench", models.JSONField(editable=False, null=True)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "permissions": [("publish_ruleset", "Can publish a ruleset")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("published_at", None), ("reason__gt", ""), _connector="OR"),
                        name="a_published_ruleset_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bench_percent__range", (0, 100))),
                        name="bench_percent_is_possible",
                    ),
                ],
            },
        ),
    ]
