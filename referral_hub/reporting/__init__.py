"""Of our reports: what a job prepared, and what goes out by mail."""
