"""What eligibility is decided with: the program, limits, people with a say in the hiring, signs to look at. Pure."""
