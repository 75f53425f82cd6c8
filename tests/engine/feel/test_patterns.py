"""Regular expressions mean what XPath says they mean, though RE2 runs them."""

import pytest

from tests.engine.feel.asking import reason, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # letters and digits are those of every language, not of English
        (r'matches("Bærekraft", "^\w+$")', True),
        (r'matches("Bærekraft 2", "^\w+$")', False),
        (r'matches("Bærekraft-2", "^[\w\-]+$")', True),
        (r'matches("٣", "^\d$")', True),
        (r'replace("a1b2", "\D", "")', "12"),
        (r'replace("a b", "[\S]", "x")', "x x"),
        (r'matches("a_b", "^\w+$")', False),
        (r'matches("!", "^\W$")', True),
        # a point stops at both ends of a line
        (r'matches("a\rb", "a.b")', False),
        (r'matches("a\nb", "a.b")', False),
        (r'matches("a\rb", "a.b", "s")', True),
        # one class less another
        ('matches("x", "[a-z-[aeiou]]")', True),
        ('matches("e", "[a-z-[aeiou]]")', False),
        ('matches("E", "[a-z-[aeiou]]", "i")', False),
        ('matches("k", "[^a-f-[k]]")', False),
        ('matches("m", "[^a-f-[k]]")', True),
        ('matches("c", "[a-z-[b-y-[c]]]")', True),
        ('matches("-", "[a-z-]")', True),
        # blocks and categories
        (r'matches("ø", "\p{IsLatin-1Supplement}")', True),
        (r'matches("ø", "\P{IsBasicLatin}")', True),
        (r'matches("ø", "[\p{IsBasicLatin}]")', False),
        (r'matches("Ø", "\p{Lu}")', True),
        # x: space is for the reader, but not in a class
        (r'matches("to ord", "to \ s ord", "x")', True),
        (r'matches("to ord", "to [ ] ord", "x")', True),
        (r'matches("to ord", "\p{ Is Basic Latin }+", "x")', True),
        ('matches("a.b", "A.B", "qi")', True),
        ('matches("(?i)", "(?I)", "qi")', True),
        ('matches("abab", "^(?:ab)+$")', True),
        (r'matches("(?i)", "\(\?i[)?]")', True),
        ('matches("a", "a", null)', True),
        (r'split("a1b22c", "\d+")', ["a", "b", "c"]),
        (r'matches("see [abc]", "\[abc\]")', True),
        (r'replace("ab", "(a)(b)", "$2$12$0\$1")', "ba2ab$1"),
        (r'replace("ab", "(a)|b", "<$1>")', "<a><>"),
        ('matches("aa{2}", "a{2}")', True),
        (r'matches("a{", "a\{")', True),
        (r'matches("order:4-a", "^\i\c*$")', True),
        (r'matches("4a", "^\i")', False),
        (r'matches("å-1", "^[\i\d-]+$")', True),
        (r'matches("a b", "\C")', True),
        (r'replace("a1", "\I", "-")', "a-"),
        (r'split("a , b,c", "\s*,\s*")', ["a", "b", "c"]),
        (r'replace("2026-05-17", "(\d+)-(\d+)-(\d+)", "$3.$2.$1")', "17.05.2026"),
    ],
)
def test_a_pattern_means_what_the_standard_says(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r'matches("aa", "(a)\1")', "A pattern cannot refer back to a group here: its time would have no bound."),
        (r'matches("aa", "[a\1]")', "A pattern cannot refer back to a group here: its time would have no bound."),
        (r'matches("a", "\ba")', r"`\b` means nothing in a pattern."),
        (r'matches("a", "a\\")', "`\\` means nothing in a pattern."),
        (r'matches("a", "\p{IsNowhere}")', "`IsNowhere` is no block of characters that is known here."),
        ('matches("a{", "a{")', "In a pattern, `{` by itself is written `\\{`."),
        ('matches("a}", "a}")', "In a pattern, `}` by itself is written `\\}`."),
        ('matches("a]", "a]")', "In a pattern, `]` by itself is written `\\]`."),
        ('matches("a", "a{,2}")', "In a pattern, `{` by itself is written `\\{`."),
        ('matches("a", "[z-a]")', "The range z-a of the pattern runs backwards."),
        ('matches("a", "[a")', "A class in the pattern has no closing bracket."),
        (
            r'matches("a", "[\w-[a]]")',
            "Only a class of single characters can be subtracted, from another such, at its end.",
        ),
        (r'matches("a", "[a-\d]")', "A range in the pattern ends with a class."),
        (r'replace("a", "b", "\\")', "In a replacement, `\\` stands before `$` or `\\` only."),
        (r'replace("a", "b", "$")', "In a replacement, `$` stands before the number of a group."),
        *(
            (f'matches("abc", "{begun}")', "In a pattern, `(?` begins nothing but `(?:`; flags are the last argument.")
            for begun in ("(?i)ABC", "(?P<x>a)", "(?i:A)", "(?=a)", "a(?<x>b)")
        ),
        ('matches("a", "a", " ")', "` ` are no flags; there are s, m, i, x and q."),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(text: str, message: str) -> None:
    assert reason(text) == message
