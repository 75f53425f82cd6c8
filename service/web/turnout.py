"""How far a ballot that is open has come: who has voted of those entitled in it, and who is not among them; and which of several it is."""

from collections.abc import Mapping
from typing import Any

from service.web.i18n import gettext, ngettext


def said(turnout: Mapping[str, int]) -> str:
    """The sentence, such as “3 of 8 have voted; 1 is recused”. `turnout` is what `queries.ballots.turnout` gives."""
    return gettext("%(turnout)s.", turnout="; ".join([_voted(turnout), *beside(turnout)]))


def round_of(ballot: Mapping[str, Any]) -> str:
    """Which of several ballots on one question it is, and on which draft where there were several."""
    if ballot["drafts"] > 1 and ballot["draft"]:
        return gettext("round %(round)s, draft %(draft)s", round=ballot["round"], draft=ballot["draft"])
    return gettext("round %(round)s", round=ballot["round"])


def beside(turnout: Mapping[str, int]) -> list[str]:
    """Those who are eligible and not entitled in this ballot, and why, as parts of a sentence."""
    recused, absent = turnout["recused"], turnout["absent"]
    told = [ngettext("%(num)s is recused", "%(num)s are recused", recused)] if recused else []
    return told + ([ngettext("%(num)s is not present", "%(num)s are not present", absent)] if absent else [])


def _voted(turnout: Mapping[str, int]) -> str:
    return ngettext(
        "%(voted)s of %(num)s has voted", "%(voted)s of %(num)s have voted", turnout["entitled"], voted=turnout["voted"]
    )
