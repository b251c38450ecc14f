"""The search knows reasons and decisions now: what was written before is written anew by `shenava index`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("complaints", "0021_exports_cancelled")]

    operations = [migrations.RunSQL("UPDATE complaints_searchrow SET seq = -1", migrations.RunSQL.noop)]
