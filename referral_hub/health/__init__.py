"""What the app needs to do its work on this site, looked at on demand: see checkup.py."""
