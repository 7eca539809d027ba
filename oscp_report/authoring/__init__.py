"""What changes a file in data/: its canonical shape, and figures from a spreadsheet."""
