"""Two people who stand in one record are told apart: HR is shown what there is (`choosing`), and chooses what is the other's (`splitting`)."""
