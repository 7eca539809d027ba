"""What the text says became of a figure: how officers put it, and of which figure they say it."""
