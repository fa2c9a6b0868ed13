"""The performance path: what a level needs and brings, how far somebody is, what others reached, and questions answered within a day."""
