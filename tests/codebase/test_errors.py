"""Errors speak for themselves: the docstring of an error class is its message."""

import importlib
import inspect
import pkgutil

import service


def test_every_error_class_has_a_sentence():
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(service.__path__, "service.")
        if ".migrations" not in module.name
    ]
    errors = {
        found
        for module in modules
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, BaseException) and found.__module__.startswith("service.")
    }
    assert errors
    assert [error.__qualname__ for error in errors if not error.__dict__.get("__doc__")] == []
