"""Points on their way: asked for, checked, posted once, refused, transferred, expired, undone by adding.

The journal alone writes what is decided here. Called by `points.service`, and expiry by its daily task.
"""
