"""What HRMS says of those who work here: their departments, and the records one person has."""
