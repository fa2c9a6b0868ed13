"""Who to call first: how likely each person is to come back (`scoring`)."""
