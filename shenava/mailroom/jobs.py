"""Jobs of the mailroom."""
