from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages", "0001_initial")]

    operations = [
        migrations.AddField("outgoing", "key_hash", models.CharField(blank=True, editable=False, max_length=64)),
    ]
