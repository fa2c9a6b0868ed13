"""What people without a user do by a link they were sent: candidates, people of the talent pool, those who are asked how it was."""
