"""The verbs: one function is one transaction, and leaves at least one entry in the journal."""
