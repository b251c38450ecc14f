from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages", "0002_mailed_keys")]

    operations = [
        migrations.AddIndex("raw", models.Index(fields=["sha256"], name="raw_by_content")),
    ]
