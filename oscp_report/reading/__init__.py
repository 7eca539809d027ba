"""YAML text to positions to model."""
