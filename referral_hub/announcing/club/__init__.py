"""The referrers' club: its members, its events, who comes."""
