"""Sentences that know how they were put together."""

from service.domain.sentences import Sentence, core, ended, of_json, say, to_json

WHY = say("%(left)s cannot be added to %(right)s", left=say("a string"), right=say("a number"))


def test_a_sentence_is_its_english_and_knows_what_it_was_made_of():
    many = say("at most %(most)s working days can be counted", most=12_345)
    assert many == "at most 12,345 working days can be counted"
    assert (many.template, many.values) == ("at most %(most)s working days can be counted", {"most": 12_345})


def test_a_reason_becomes_a_sentence_of_its_own_once():
    whole = ended(WHY)
    assert whole == "A string cannot be added to a number."
    assert core(whole) is WHY
    assert ended(say("It is over.")) == "It is over."
    assert core(say("It is over.")) == "It is over."


def test_what_was_kept_is_the_same_sentence_again():
    kept = to_json(ended(WHY))
    assert kept is not None
    found = of_json(kept)
    assert (found, core(found).values) == ("A string cannot be added to a number.", WHY.values)
    assert isinstance(core(found).values["left"], Sentence)
    assert to_json(found) == kept
    assert to_json("what is no sentence of ours") is None
