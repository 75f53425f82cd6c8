"""What is kept: the tables, the statements on them, and the one way to write."""
