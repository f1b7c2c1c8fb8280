from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plan", "0007_advice_decided_by")]

    operations = [
        migrations.AddIndex("advice", models.Index(fields=["runner", "-on"], name="advice_by_day")),
    ]
