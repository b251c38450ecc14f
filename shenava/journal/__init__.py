"""The journal: everything that shows, tells, counts or proves something reads it.

Import from the modules: `journal.actions` (action_for, Room, Verdict, Refused), `journal.facts`
(fact, Fact), `journal.recording` (record), `journal.verify`, `journal.wording`.
"""
