"""How much a step asks of the database: few statements, so that a step stays as quick as one commit."""

from tests.app.house import House, two_tasks, waiting

ANSWERS = {"answers": {"vote": "for", "remark": "In her own words."}}


def test_starting_a_case_takes_at_most_ten_statements_all_of_the_request(house: House) -> None:
    secretary = house.person("secretary", "pogi.sec")
    house.deploy(two_tasks())
    house.deploy(waiting())
    for number in range(2):  # the first case fills the caches of definitions and forms
        for definition in ("adoption", "waiting"):
            body = {"definition": definition, "business_key": f"2026-{number}"}
            with house.statements() as asked:
                begun = secretary.post("/api/v1/instances", body, Idempotency_Key=f"{definition}-{number}")
            assert begun.status_code == 201
            assert number == 0 or len(asked) <= 10, asked


def test_completing_a_task_takes_at_most_twelve_statements_all_of_the_request(house: House) -> None:
    secretary = house.person("secretary", "pogi.sec")
    chair = house.person("chair", "pogi.chair")
    house.deploy(two_tasks())
    for _ in range(2):  # the first case fills the caches of definitions and forms
        (prepare,) = secretary.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"]
        with house.statements() as prepared:
            done = secretary.post(f"/api/v1/tasks/{prepare['id']}/complete", Idempotency_Key=prepare["id"])
        assert done.status_code == 200
        (vote,) = done.json["opened"]
        with house.statements() as voted:
            done = chair.post(f"/api/v1/tasks/{vote['id']}/complete", ANSWERS, Idempotency_Key=vote["id"])
        assert done.json["instance_status"] == "completed"
    assert len(prepared) <= 12, prepared
    assert len(voted) <= 12, voted


def test_the_inbox_takes_at_most_four_statements(house: House) -> None:
    secretary = house.person("secretary", "pogi.sec", "pogi.wg", "pogi.chair")
    house.deploy(two_tasks())
    for _ in range(3):
        secretary.post("/api/v1/instances", {"definition": "adoption"})
    for scope in ("mine", "roles", "all"):
        with house.statements() as asked:
            assert secretary.get(f"/api/v1/tasks?scope={scope}&limit=2").status_code == 200
        assert len(asked) <= 4, asked


def test_reading_never_writes(house: House) -> None:
    secretary = house.person("secretary", "pogi.sec")
    with house.statements() as asked:
        secretary.get("/api/v1/tasks")
    assert all(statement.lstrip().startswith("SELECT") for statement in asked), asked
