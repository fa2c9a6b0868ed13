"""The pages of people of the talent pool: `pool` says what is held and asks for how long, `look` shows our openings by their own link."""
