"""Errors as sentences, so that a page can say them in the reader's language."""

import re
from datetime import datetime

from service.domain.errors import MandatError, moment
from service.domain.sentences import Sentence, say


def sentence(error: MandatError) -> Sentence:
    """The message of an error, with what it was made of."""
    facts = {name: moment(fact) if isinstance(fact, datetime) else fact for name, fact in error.facts.items()}
    return say(template(type(error)), **facts)


def template(shape: type[MandatError]) -> str:
    """The message of an error class as catalogues have it: with `%(name)s` for each of its facts."""
    said = " ".join((shape.__doc__ or "").split())
    return re.sub(r"\{(\w+)\}", r"%(\1)s", said.replace("%", "%%"))
