"""Pages about what HR announces."""
