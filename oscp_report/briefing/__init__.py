"""What changed between two reports, for a reader: sections of sentences, in several formats."""
