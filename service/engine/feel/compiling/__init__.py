"""From a tree to closures. Importing this package makes the compiler know every node."""

from service.engine.feel.compiling import calls, forms, loops, names, operators, paths, tests
from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope

__all__ = ["Code", "Compiler", "Local", "Scope", "calls", "forms", "loops", "names", "operators", "paths", "tests"]
