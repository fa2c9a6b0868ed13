"""What the records of all slices say together: figures for HR, counted in the database. Reads alone, as far as the reader may see."""
