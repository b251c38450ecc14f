"""A draft may change until it is published; a published version may only retire."""

from django.db import migrations

DRAFTS_CHANGE = """
CREATE OR REPLACE FUNCTION process_version_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state IN (OLD.state, 'retired')
        AND (NEW.id, NEW.process_id, NEW.number, NEW.graph, NEW.sha256, NEW.published_at, NEW.published_by_id)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.process_id, OLD.number, OLD.graph, OLD.sha256, OLD.published_at, OLD.published_by_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published process version is final';
END $$;
"""
NOTHING_CHANGES = """
CREATE OR REPLACE FUNCTION process_version_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published process version is final';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("process", "0003_versions_have_a_state")]
    operations = [migrations.RunSQL(DRAFTS_CHANGE, NOTHING_CHANGES)]
