"""What docs/reference/feel.md says in words, each beside an example that is evaluated when the page is written."""

HEAD = """# FEEL

FEEL is the expression language of the DMN standard (1.5, chapter 10). It is the one language of conditions, timers,
loops, scripts (lines of `name = expression`), parameters of services, cells of decision tables and `{{ … }}` in
instructions.

In a diagram an undefined name, a missing entry and every operation without an answer is an incident, which names the
part of the text. In a decision it is null, and the record of the evaluation has the reason and its place.

A field of a form that was left empty is null in a diagram, and so are the fields that a form shows only at times: ask
`remark = null`. What a form seals, as it does free text, is known only as there or not there; instructions show it by itself,
`{{ remark }}`. Names are checked when a bundle is deployed: what nothing sets, what is set only later (by a later line of the same script, too), entries that no
form and no operation gives, and questions that an empty field could not answer. So are calls of functions, timers and conditions that could give
no value, no time, or neither true nor false. What a start without a form is given by a program is only warned of: declare it as an input.

This page is written by the tests, from the code: what is on it was evaluated on Tuesday 12 May 2026 at noon in
Copenhagen.
"""

MOVES = """One move of a case takes a task or an event and lets everything go on that can. All that is asked in it is
bounded together; beyond a limit the move becomes an incident, which says so, and the case stays as it was. The same move
takes the same steps whenever it is replayed. One question to a decision file takes at most {steps:,} steps, in all its
decisions together, and its boxes stand at most {boxes} inside one another.
"""

FORMS = [
    ("numbers, in 34 decimal digits", "0.1 + 0.2 - .5e1"),
    ("powers before products before sums, from left to right", "2 ** 3 ** 2 + -2 ** 2"),
    ("strings; `\\u` and `\\U` with a code point", r'"\u00e6" + " og " + "\U01F40E"'),
    ("three truth values", "true or null"),
    ("dates, times, moments and durations", '@"2026-01-31" + @"P1M"'),
    ("time zones by offset or by name", '@"2026-05-12T10:00:00Z" = @"2026-05-12T12:00:00@Europe/Copenhagen"'),
    ("their parts", '@"2026-05-12T10:30:00".hour'),
    ("lists, and an element by its place", "[10, 20, 30][-1]"),
    ("filters: `item` is the element, and so are its entries", "[{net: 5}, {net: 9}][net > 6]"),
    ("paths, through lists too", "[{net: 5}, {net: 9}].net"),
    ("contexts: an entry sees those before it", "{net: 100, gross: net * 1.25}"),
    ("names with spaces and signs", "{net price: 100, tax-free: net price - 20}.tax-free"),
    ("comparison, of what is of one kind", '"a" < "b" and [1, 2] = [1, 2]'),
    ("`between` and `in`", "5 between 1 and 10 and 5 in (1, > 4)"),
    ("ranges, with or without their ends", "[1..10)"),
    ("ranges with one end", "(>= 10).start"),
    ("ranges of one value, and of all but one", "[(= 10).end, 5 in [(!= 10)]]"),
    ("`if`", 'if 2 > 1 then "more" else "less"'),
    ("`for`, over lists and up or down a range", "for a in 1..2, b in [10, 20] return a * b"),
    ("what `for` has so far", "for i in 0..4 return if i = 0 then 1 else i * partial[-1]"),
    ("`some` and `every`", "every a in [1, 2] satisfies some b in [2, 3] satisfies b > a"),
    ("types", '{name: "x", share: 0.5} instance of context<name: string, share: number>'),
    ("functions, which are values", "sort([1, 3, 2], function(a, b) a > b)"),
    ("arguments by name", 'substring(string: "foobar", start position: 4)'),
    ("comments", "1 + /* one more */ 1 // and that is all"),
]

TESTS = [
    ("-", "null"),
    ("< 5", "4"),
    ("[1..5), > 10", "11"),
    ('"for", "against"', '"for"'),
    ("not(1, 2)", "3"),
    ("? * 2 > 10", "6"),
    ("null", "null"),
]

EXAMPLES = {"not": "not(1 > 2)", "log": "log(10)", "exp": "exp(1)", "stddev": "stddev(2, 4, 7, 5)"}

SAYS = {
    "time": "The time that a text names, or of a moment; a day begins at midnight in UTC.",
    "date and time": "The moment that a text or its parts name; a day begins at midnight.",
    "exp": "The number e to that power.",
    "string length": "How many characters (code points) a string has.",
    "upper case": "The string in capitals.",
    "lower case": "The string in small letters.",
    "contains": "Whether one string occurs in the other.",
    "starts with": "Whether a string begins with the other.",
    "ends with": "Whether a string ends with the other.",
    "decimal": "The number with so many digits behind the point, half to the even digit.",
    "floor": "The number rounded down.",
    "ceiling": "The number rounded up.",
    "round up": "The number rounded away from zero.",
    "round down": "The number rounded towards zero.",
    "round half up": "The number rounded, half away from zero.",
    "round half down": "The number rounded, half towards zero.",
    "odd": "Whether a whole number is odd.",
    "count": "How many elements a list has.",
    "reverse": "The list backwards.",
    "day of year": "1 to 366.",
    "day of week": "The English name of the day.",
    "month of year": "The English name of the month.",
    "week of year": "The week of ISO 8601, 1 to 53.",
    "before": "Whether all of one lies before all of the other.",
    "after": "Whether all of one lies after all of the other.",
    "meets": "Whether one ends with the very point that the other starts with.",
    "met by": "Whether one starts with the very point that the other ends with.",
    "overlaps": "Whether they have a point in common.",
    "overlaps before": "Whether one starts first, reaches into the other, and not beyond it.",
    "overlaps after": "Whether the other starts first, reaches into this one, and not beyond it.",
    "finishes": "Whether a point is the other's last, or a range lies within it up to its end.",
    "finished by": "The same, with the range first.",
    "includes": "Whether a point or a range lies within the range.",
    "during": "The same, with the range last.",
    "starts": "Whether a point is the other's first, or a range lies within it from its start.",
    "started by": "The same, with the range first.",
    "coincides": "Whether the two are one.",
}

DIFFERENCES = [
    (
        "A context is walked through in the order of its keys.",
        "The standard has no order. A case that is replayed must give the same bytes, whichever way its data was kept.",
        "get entries({b: 1, a: 2}).key",
    ),
    (
        "`string` writes a number without zeros at its end.",
        "Numbers at rest have none: 1.10 read back is 1.1, and a text must not depend on whether it was read back.",
        "string(1.10)",
    ),
    (
        "A pattern cannot refer back to a group, and names few blocks of characters.",
        "Patterns run on RE2, whose time is in proportion to the text. XPath's `.`, `\\d`, `\\w` and classes are kept.",
        r'matches("aa", "(a)\1")',
    ),
    (
        "A pattern repeats nothing more than 1,000 times, and what it repeats within repetitions no more in all.",
        "That is RE2's own limit: what a pattern counts out takes room, as often as it is counted.",
        'matches("a", "a{1001}")',
    ),
    (
        "Functions in other languages (Java, PMML) are not run.",
        "A bundle comes from outside. Its text reaches the values it is given, and nothing of the machine.",
        'function(x) external {java: {class: "java.lang.Math", method signature: "cos(double)"}}',
    ),
    (
        "A function has no name for itself.",
        "An expression always ends: nothing calls itself without bound.",
        "{f: function(n) if n = 0 then 0 else f(n - 1)}.f(1)",
    ),
    (
        "What a text may ask for is bounded (see Limits of a text).",
        "An evaluation ends in some tens of milliseconds, whatever it is given; beyond a limit it is a fault, not null.",
        "",
    ),
    (
        "What a function gives back is known as far as its text shows it.",
        "`instance of` believes the rest, since the standard has no way to tell a function's result.",
        "(function(a) a) instance of function<number> -> string",
    ),
    (
        "A list of functions is of a type where each function is.",
        "The standard asks for the one type of all elements, which would admit functions that cannot be called as told.",
        "[function(a: string) 1] instance of list<function<number> -> number>",
    ),
    (
        "A value does not hide a built-in function of its name, unless it is a function.",
        "So `date(text)` goes on to work in a process that has a variable called `date`.",
        '{date: "2026-05-12", day: date(date).day}.day',
    ),
    (
        "A backslash before another letter than the standard's is kept.",
        'So a pattern may be written `"\\d"`, as everybody writes it; the standard has no meaning for it.',
        r'string length("\d")',
    ),
    (
        "The seconds of a duration may end with a point.",
        "XML Schema asks for a digit behind it; the standard's own test kit does not.",
        'duration("PT1.S")',
    ),
    (
        "Times and moments are compared in whole seconds.",
        "The standard does not say how fine a clock is; its own test kit asks for seconds. Durations keep the fraction.",
        '@"10:30:00.1" = @"10:30:00.2"',
    ),
    (
        "Of a time in a named zone without a day, the offset is that of 1 January 1970.",
        "Only a day tells summer from winter; the standard does not say which to take.",
        '@"10:00:00@Europe/Copenhagen".time offset',
    ),
    (
        "The time zone of a time with an offset is that offset.",
        "The standard asks for a name of the IANA database, which an offset has not; null is kept for local times.",
        '@"10:00:00+01:00".timezone',
    ),
    (
        "`now()` and `today()` are the moment of the evaluation, in the zone of the workspace.",
        "What is replayed must see the clock that it saw.",
        "today()",
    ),
    (
        "`working days` is ours.",
        "Deadlines of public bodies are told in working days, which no arithmetic of the standard knows.",
        "working days(5)",
    ),
]
