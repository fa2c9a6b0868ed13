"""What one brings in as a file."""
