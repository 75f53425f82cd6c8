"""The rules, in plain Python: no third party, no input, no output."""
