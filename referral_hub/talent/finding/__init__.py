"""Who to call first, and for what: how likely each person is to come back (`scoring`), which openings fit (`proposing`)."""
