"""Where a PDF comes from: what is put into it, taken out of it again, and held against another."""
