"""Data in rows: counted, added up and compared where they are, by the data engine; everything after that is exact arithmetic here."""
