"""Prize draws: announced with a commitment, closed with the tickets published, drawn so that anybody can check. Commits nothing."""
