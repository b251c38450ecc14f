"""The bench: the figures that the product promises, measured beside raw SQL on the same machine."""
