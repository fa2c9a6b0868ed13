"""Links, invitations, guests' forms, and posters in a company's own colours. Pure."""
