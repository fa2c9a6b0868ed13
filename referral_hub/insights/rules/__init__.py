"""What a figure means. Pure."""
