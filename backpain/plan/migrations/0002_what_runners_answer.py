from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("exercises", "0001_initial"),
        ("plan", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="advice",
            name="was_right",
            field=models.CharField(
                blank=True,
                choices=[("yes", "Yes"), ("no", "No"), ("unsure", "Cannot say")],
                default="",
                max_length=6,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="advice",
            name="was_right_note",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="advice",
            index=models.Index(fields=["runner", "verdict", "-id"], name="advice_newest_of_verdict"),
        ),
        migrations.AlterField(
            model_name="moveanswer",
            name="answer",
            field=models.CharField(
                choices=[("accepted", "Accepted"), ("later", "Not yet"), ("declined", "Declined")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="moveanswer",
            name="because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("too_hard", "It is too hard for now"),
                    ("hurts", "It hurts"),
                    ("no_time", "I have no time for it"),
                    ("no_equipment", "I do not have what it needs"),
                    ("other", "Another reason"),
                ],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="moveanswer",
            name="note",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="moveanswer",
            constraint=models.CheckConstraint(
                condition=Q(answer="declined", because__gt="")
                | (~Q(answer="declined") & Q(because="", note="")),
                name="a_reason_belongs_to_a_declined_move",
            ),
        ),
    ]
