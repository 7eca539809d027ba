"""Finished HTML to files."""
