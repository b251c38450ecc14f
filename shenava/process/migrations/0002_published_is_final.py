"""A published version of a process never changes: the database itself refuses."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION process_version_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published process version is final';
END $$;
CREATE TRIGGER process_version_is_final BEFORE UPDATE OR DELETE ON process_processversion
    FOR EACH ROW EXECUTE FUNCTION process_version_is_final();
"""
ALLOW = """
DROP TRIGGER process_version_is_final ON process_processversion;
DROP FUNCTION process_version_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
