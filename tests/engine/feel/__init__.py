"""FEEL, as its users see it: what a text gives, and what it is told when it gives nothing."""
