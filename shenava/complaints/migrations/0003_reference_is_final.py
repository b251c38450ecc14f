"""A complaint's number is given once: the database itself refuses to change or take it back."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION complaints_reference_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reference IS NOT NULL AND NEW.reference IS DISTINCT FROM OLD.reference THEN
        RAISE EXCEPTION 'the reference of a complaint is final';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_reference_is_final BEFORE UPDATE OF reference ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_reference_is_final();
CREATE FUNCTION complaints_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'complaints are never deleted';
END $$;
CREATE TRIGGER complaints_never_deleted BEFORE DELETE ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_never_deleted();
"""
ALLOW = """
DROP TRIGGER complaints_reference_is_final ON complaints_complaint;
DROP FUNCTION complaints_reference_is_final();
DROP TRIGGER complaints_never_deleted ON complaints_complaint;
DROP FUNCTION complaints_never_deleted();
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
