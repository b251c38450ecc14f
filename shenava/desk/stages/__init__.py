"""The editor of stages: what its form says becomes a list of stages, and the other way."""
