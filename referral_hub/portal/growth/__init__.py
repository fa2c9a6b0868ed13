"""Pages about growing: my path, what it needs, what others reached."""
