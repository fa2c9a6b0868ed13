"""The path of a designation in the desk: its form, its files, its figures."""
