"""What spares the database: statements written once (`prepared`), look-ups of what is known already (`known_links`)."""
