"""Versions are drafts, published or retired; a process knows its current one; moves are counted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("process", "0002_published_is_final"),
    ]

    operations = [
        migrations.AddField(
            model_name="instance",
            name="rev",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="process",
            name="current_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="current_for",
                to="process.processversion",
            ),
        ),
        migrations.AddField(
            model_name="process",
            name="purpose",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="processversion",
            name="published_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
            ),
        ),
        migrations.AddField(
            model_name="processversion",
            name="state",
            field=models.CharField(
                choices=[("draft", "draft"), ("published", "published"), ("retired", "retired")],
                default="published",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="workitem",
            name="instance",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="work_items", to="process.instance"
            ),
        ),
        migrations.AlterField(
            model_name="processversion",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="processversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("published_at__isnull", False), _connector="OR"),
                name="a_published_version_has_its_moment",
            ),
        ),
    ]
