"""The one step of a case, and the frame in which every command runs."""
