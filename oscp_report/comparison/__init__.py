"""Two reports, or one figure over the years: what changed. Pure: nothing is read or written."""
