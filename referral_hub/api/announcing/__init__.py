"""Announcements, thanks and the club: what HR does in the desk."""
