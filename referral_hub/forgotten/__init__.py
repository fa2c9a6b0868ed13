"""Who was forgotten, as keyed hashes that name nobody: `journal` keeps them in the database, `file` outside of it.

A backup that is restored brings people back who were deleted since; the file knows them, and they are deleted again.
"""
