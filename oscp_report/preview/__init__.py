"""The report beside the file that it is written in: a page that follows every save."""

FIRST_PORT = 8718
"""Where it is served, if no other port is asked for."""
