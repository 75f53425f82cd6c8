"""The living objects of one instance: its tasks, its scopes, how they are saved and what is forgotten."""
