from django.db import migrations, models

CHUNK = 500


def find_in_decisions(apps, schema_editor):
    """Write beside each advice what the log finds it by; the decision itself stays as it was given."""
    advice = apps.get_model("plan", "Advice").objects
    some = []
    for row in advice.only("pk", "decision").iterator(CHUNK):
        row.decided_by, row.ladders = _deciding_rules(row.decision), _moved_ladders(row.decision)
        some.append(row)
        if len(some) == CHUNK:
            advice.bulk_update(some, ["decided_by", "ladders"])
            some = []
    advice.bulk_update(some, ["decided_by", "ladders"])


def _deciding_rules(decision):
    reasons = decision["reasons"]
    deciding = [reason for reason in reasons if reason["verdict"] == decision["verdict"]]
    of_all = [reason for reason in deciding if not reason.get("ladder")]
    return _spaced(reason["rule"] for reason in of_all or deciding or reasons[:1])


def _moved_ladders(decision):
    return _spaced(move["ladder"] for move in decision.get("moves", []))


def _spaced(words):
    return "".join(f" {word}" for word in dict.fromkeys(words)) + " "


class Migration(migrations.Migration):
    dependencies = [("plan", "0006_placement_follows")]

    operations = [
        migrations.AddField("advice", "decided_by", models.TextField(default="", editable=False)),
        migrations.AddField("advice", "ladders", models.TextField(default="", editable=False)),
        migrations.RunPython(find_in_decisions, migrations.RunPython.noop, elidable=True),
    ]
