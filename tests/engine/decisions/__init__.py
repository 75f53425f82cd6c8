"""Decision files, as their authors and their auditors see them."""
