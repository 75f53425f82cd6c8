"""The values of FEEL: what they are, how they compare, how they are written.

null, true and false are Python's; a number is a Decimal, a string a str, a list a list, a context a dict with text
keys. Dates, times, durations, ranges, functions and sealed values are the classes of this package. No value is ever
changed once it is made, so values may be shared while an expression runs; what comes out of it is fresh.
"""
