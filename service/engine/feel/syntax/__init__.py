"""From text to a tree: tokens, names, nodes, parser."""
