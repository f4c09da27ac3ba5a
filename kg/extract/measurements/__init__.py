"""Numbers that a text reports of something."""
