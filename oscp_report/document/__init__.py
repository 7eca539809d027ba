"""The model to finished HTML."""
