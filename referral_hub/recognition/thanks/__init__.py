"""The wall of thanks: what stands on it, and the leave it asks for."""
