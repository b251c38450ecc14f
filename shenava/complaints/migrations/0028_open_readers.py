"""Who reads an open complaint, found among the open ones alone: an officer's lists are made of few of many."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("complaints", "0027_mandates_withdrawn")]
    operations = [
        migrations.AddIndex(
            model_name="complaint",
            index=GinIndex(fields=["readers"], name="complaint_open_readers", condition=Q(closed_at=None)),
        )
    ]
