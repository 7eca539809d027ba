"""The report beside the file that it is written in: a page that follows every save."""
