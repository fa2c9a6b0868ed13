"""Points follow their owner to the company they work for now: whose lie elsewhere, moved by HR or at once, HR asked in time.

`moving.companies` writes what is decided here. Called by HR's desk, by tasks, and by the warning before points expire.
"""
