"""How a vote fell, told the same way on every page: who is recused is counted apart, and a lapse has its true reason."""

from tests.app import steering
from tests.app.house import House
from tests.app.visiting import visiting
from tests.web.reading import seen


def tied(house: House) -> steering.Item:
    """Three for, three against, one neither, one recused; one has not met."""
    item = steering.at_the_vote(house, absent=1)
    item.vote("for", "for", "for", "against", "against", "against", "abstain")
    last = [call for call in item.voters.values()][7]
    item.do(last, "Task_vote", {"vote": "recused", "recusal_reason": "Vi er leverandør."})
    return item


def test_the_recused_are_counted_apart_on_every_page(sqlite_house: House):
    item = tied(sqlite_house)
    chair = visiting(sqlite_house, "reader", "pogi.chair", "pogi.sec")
    task = seen(chair.get(f"/pogi/tasks/{item.task(item.chair, 'Task_tie')}").text)
    assert "3 for, 3 imod, 1 hverken for eller imod, 1 inhabil. Forslaget er ikke vedtaget." in task
    item.do(item.chair, "Task_tie", {"outcome": "rejected"})
    page = seen(chair.get(f"/pogi/cases/{item.case_id}").text)
    assert "3–3–1 Forkastet. 7 af 8 deltog." in page
    assert "Hverken for eller imod, 1" in page and "Inhabil, 1" in page
    assert "(inhabil)" not in page
    assert "3–3–2" not in page
    steps = seen(chair.get(f"/pogi/cases/{item.case_id}/timeline").text)
    assert "3–3–1, 1 inhabil" in steps
    register = seen(chair.get("/pogi/decisions?kind=ballot").text)
    assert "Forkastet, 3–3–1, 1 inhabil" in register
