"""Mandat: workflow and case management for public bodies that decide together."""
