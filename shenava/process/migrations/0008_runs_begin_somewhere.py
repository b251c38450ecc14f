"""Of runs under way nobody has kept the moves: a replay begins where they are now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("process", "0007_timers_events_incidents")]
    operations = [
        migrations.RunSQL("UPDATE process_instance SET first = state WHERE first = '{}'", migrations.RunSQL.noop)
    ]
