"""A draft of a decision table may change until it is published; a published one may only retire."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION process_table_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state IN (OLD.state, 'retired')
        AND (NEW.id, NEW.table_id, NEW.number, NEW.content, NEW.sha256, NEW.published_at, NEW.published_by_id)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.table_id, OLD.number, OLD.content, OLD.sha256, OLD.published_at, OLD.published_by_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published decision table is final';
END $$;
CREATE TRIGGER process_table_is_final BEFORE UPDATE OR DELETE ON process_tableversion
    FOR EACH ROW EXECUTE FUNCTION process_table_is_final();
"""
ALLOW = """
DROP TRIGGER process_table_is_final ON process_tableversion;
DROP FUNCTION process_table_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("process", "0011_decision_tables")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
