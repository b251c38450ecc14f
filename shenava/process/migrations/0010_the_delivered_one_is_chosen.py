"""Until now every complaint followed one process: that is the chosen one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("process", "0009_a_process_is_chosen")]
    operations = [
        migrations.RunSQL("UPDATE process_process SET is_chosen = true WHERE key = 'complaint'", migrations.RunSQL.noop)
    ]
