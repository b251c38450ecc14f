"""Agreement: what the states of open runs wait for, and the rows that people and the clock see, are the same."""

from __future__ import annotations

from django.db import connection

DISAGREEING = """
WITH waiting AS (
    SELECT run.id, token.key, version.graph -> 'nodes' -> (token.value ->> 0) ->> 'kind' AS kind
    FROM process_instance run JOIN process_processversion version ON version.id = run.version_id,
         LATERAL jsonb_each(coalesce(run.state -> 'tokens', '{}')) token
    WHERE run.ended_at IS NULL
), wanted AS (
    SELECT id, key, kind FROM waiting WHERE kind IN ('task', 'operation', 'message')
    UNION ALL
    SELECT run.id, timer.key, 'time' FROM process_instance run,
         LATERAL jsonb_each(coalesce(run.state -> 'timers', '{}')) timer
    WHERE run.ended_at IS NULL AND NOT run.state ? 'paused_at'
), seen AS (
    SELECT DISTINCT instance_id, token, 'task' FROM process_workitem WHERE token <> '' AND closed_at IS NULL
    UNION ALL SELECT instance_id, key, kind FROM process_timer
    UNION ALL SELECT instance_id, token, 'message' FROM process_subscription
)
SELECT DISTINCT id FROM (
    (SELECT * FROM wanted EXCEPT SELECT * FROM seen) UNION ALL (SELECT * FROM seen EXCEPT SELECT * FROM wanted)
) apart ORDER BY id
"""


def disagreeing() -> list[int]:
    """The runs whose state waits for something that no row shows, or of which a row shows what is not waited for."""
    with connection.cursor() as cursor:
        cursor.execute(DISAGREEING)
        return [row[0] for row in cursor.fetchall()]
