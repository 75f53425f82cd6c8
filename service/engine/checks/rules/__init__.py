"""The rules, one file each: the name of the file is the rule's key, its docstring the rule."""
