from service.commands import instances, tasks
from service.queries import tasks as queries
from service.queries.inbox import case_title
from service.queries.texts import Text
from service.runtime.command import Call
from service.store import db
from service.store.tables import Task
from tests.app.house import House, two_tasks
from tests.diagrams import process


def pages(actor, scope, limit) -> list[list[str]]:
    found, cursor = [], None
    while True:
        page = queries.inbox(actor, scope, cursor=cursor, limit=limit)
        found.append([task["id"] for task in page["tasks"]])
        cursor = page["next"]
        if cursor is None:
            return found


def dated() -> dict[str, bytes]:
    due = {"dueDate": "due"}
    return {
        "dated.bpmn": process("dated")
        .io(inputs=["due"])
        .start()
        .user("do", lane="pogi.sec", properties=due)
        .end()
        .bpmn()
    }


def test_the_most_urgent_comes_first_and_pages_hang_together(house: House):
    anne = house.person("anne", "pogi.sec", "pogi.wg")
    house.deploy(dated())
    house.deploy(two_tasks())
    call = Call(anne.actor, house.ports)
    for day in (9, 3, 7, 3):
        instances.start(call, "dated", {"due": f"2026-02-{day:02}T12:00:00Z"}, None)
    for _ in range(3):
        instances.start(call, "adoption", {}, None)
    found = pages(anne.actor, "roles", 2)
    assert [len(page) for page in found] == [2, 2, 2, 1]
    ids = [task for page in found for task in page]
    assert len(set(ids)) == 7
    whole = queries.inbox(anne.actor, "roles", limit=100)["tasks"]
    assert [task["id"] for task in whole] == ids
    assert [task["due_at"] and task["due_at"][8:10] for task in whole] == ["03", "03", "07", "09", None, None, None]


def test_mine_are_those_i_have_and_all_are_both(house: House):
    anne, bo = house.person("anne", "pogi.sec"), house.person("bo", "pogi.sec")
    house.deploy(two_tasks())
    ids = [instances.start(Call(anne.actor, house.ports), "adoption", {}, None)["tasks"][0]["id"] for _ in range(4)]
    tasks.claim(Call(anne.actor, house.ports), ids[0])
    tasks.claim(Call(bo.actor, house.ports), ids[1])
    assert pages(anne.actor, "mine", 10) == [[ids[0]]]
    assert set(pages(anne.actor, "roles", 10)[0]) == {ids[2], ids[3]}
    assert set(pages(anne.actor, "all", 10)[0]) == {ids[0], ids[2], ids[3]}
    assert pages(house.person("carl", "pogi.chair").actor, "all", 10) == [[]]


def test_a_task_for_one_person_is_in_her_inbox_alone(house: House):
    anne, bo = house.person("anne", "pogi.sec"), house.person("bo", "pogi.sec")
    house.deploy(two_tasks())
    started = instances.start(Call(anne.actor, house.ports), "adoption", {}, None)
    with db.transaction() as session:
        session.get_one(Task, ("pogi", started["tasks"][0]["id"])).candidate_person_id = bo.actor.person_id
    assert pages(anne.actor, "all", 10) == [[]]
    assert pages(bo.actor, "all", 10) == [[started["tasks"][0]["id"]]]


def test_what_was_completed_is_gone_at_the_next_look(house: House):
    anne = house.person("anne", "pogi.sec")
    house.deploy(two_tasks())
    call = Call(anne.actor, house.ports)
    for _ in range(20):
        task = instances.start(call, "adoption", {}, None)["tasks"][0]["id"]
        assert pages(anne.actor, "roles", 10) == [[task]]
        tasks.complete(call, task, {})
        assert pages(anne.actor, "roles", 10) == [[]]


def test_a_revision_is_not_called_like_the_case_whose_target_it_revises():
    process_name = Text("Revidering af et indkøbsmål", "da")
    first = case_title("E1", "Eksempel: arbejdstøj", None, Text("Indkøbsmålets livsløb", "da"), "new")
    again = case_title("E1", "Eksempel: arbejdstøj", "E1", process_name, "revision")
    assert first.text == "Eksempel: arbejdstøj, E1"
    assert again.text == "Revidering af et indkøbsmål: Eksempel: arbejdstøj, E1"
