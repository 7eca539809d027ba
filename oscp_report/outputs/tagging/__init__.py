"""The PDF's structure, as a screen reader walks it: what WeasyPrint's lacks, put right.

``facts.py`` writes down what the page knew and the PDF does not say; ``repairing.py`` makes the
structure anew from both; ``declaration.py`` says in the file that it is PDF/UA-1.
"""
