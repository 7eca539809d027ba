"""Turn one YAML file a year into a community safety partnership's report to its Council."""

__version__ = "0.1.0"
