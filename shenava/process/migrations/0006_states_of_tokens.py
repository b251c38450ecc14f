"""What was one token by the key of its node becomes the state of a kernel that knows several."""

from django.db import migrations

OF_TOKENS = """
UPDATE process_instance SET state = CASE
    WHEN ended_at IS NULL THEN jsonb_build_object(
        'here', state #> '{tokens,0}', 'last', 1, 'tokens', jsonb_build_object('1', jsonb_build_array(state #> '{tokens,0}')))
    ELSE jsonb_build_object('here', state #> '{tokens,0}', 'last', 1, 'outcome', state #> '{tokens,0}')
END
WHERE jsonb_typeof(state -> 'tokens') = 'array';
"""
OF_ONE_KEY = """
UPDATE process_instance SET state = jsonb_build_object('tokens', jsonb_build_array(state -> 'here'));
"""


class Migration(migrations.Migration):
    dependencies = [("process", "0005_sent_to_others")]
    operations = [migrations.RunSQL(OF_TOKENS, OF_ONE_KEY)]
