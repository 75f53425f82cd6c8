"""Two transactions that cannot both go on: the database breaks the tie, and who lost it tries again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import exc

from service.domain.errors import Contended
from service.domain.facts import RoleAdded
from service.runtime.command import TRIES, Answer, Call, Work, command
from service.store import journal
from tests.app.house import House, opened
from tests.support import postgres


@pytest.fixture
def on_postgresql(postgres_server: postgres.Server, postgres_template: str) -> Iterator[House]:
    with postgres_server.database(postgres_template) as name, opened(postgres_server.url(name)) as house:
        yield house


def test_of_two_that_lock_each_other_out_both_succeed(on_postgresql: House):
    both, seen = Barrier(2), list[str]()

    @command
    def cross(work: Work, first: str, second: str) -> Answer:
        seen.append(first)
        journal.of_workspace(work.session, first)
        if len(seen) <= 2:
            both.wait(timeout=30)  # each has its first lock, and now wants the other's
        owner = journal.of_workspace(work.session, second)
        assert owner is not None
        work.record(owner, [RoleAdded(role="x", label="X")])
        return {"entries": owner.journal_seq}

    def run(first: str, second: str) -> Answer:
        with on_postgresql.app.app_context():
            return cross(on_postgresql.operator(), first, second)

    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(run, *places) for places in (("pogi", "lillestrom"), ("lillestrom", "pogi"))]
        assert [answer.result(60) for answer in answers] == [{"entries": 1}, {"entries": 1}]
    assert len(seen) == 3, "one of them had to begin again"


class Tie(Exception):
    """What PostgreSQL's driver raises, as far as we look at it."""

    sqlstate = "40001"


@pytest.mark.parametrize("ties", [1, TRIES - 1, TRIES])
def test_a_tie_is_broken_a_few_times_and_then_given_up(one_house: House, ties):
    tried = 0

    @command
    def unlucky(work: Work) -> Answer:
        nonlocal tried
        tried += 1
        if tried <= ties:
            raise exc.OperationalError("SELECT 1", {}, Tie())
        return {"tried": tried}

    call: Call = one_house.operator()
    if ties < TRIES:
        assert unlucky(call) == {"tried": ties + 1}
    else:
        with pytest.raises(Contended):
            unlucky(call)
        assert tried == TRIES
