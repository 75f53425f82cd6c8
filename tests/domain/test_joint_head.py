"""One hash over where all streams of the journal stand."""

from dataclasses import replace

from service.domain.journal import Head, joint_head

HEADS = [Head("pogi", 3, "a" * 64), Head("*", 1, "b" * 64), Head("lillestrom")]


def test_it_does_not_hang_on_the_order_in_which_streams_are_read():
    assert joint_head(HEADS) == joint_head(reversed(HEADS))


def test_it_changes_with_every_entry_of_every_stream():
    for place, head in enumerate(HEADS):
        moved = [*HEADS[:place], replace(head, seq=head.seq + 1, hash="c" * 64), *HEADS[place + 1 :]]
        assert joint_head(moved) != joint_head(HEADS)
    assert joint_head(HEADS[:2]) != joint_head(HEADS)
