"""The public register over HTTP: no token, and nothing that is not published."""

from tests.app.house import House
from tests.app.records import desk, partnership
from tests.operations.test_targets import TITLE, in_force
from tests.support.covering import covers


@covers("P11")
def test_anybody_reads_what_is_published_and_nothing_else(house: House):
    anybody = house.app.test_client()
    assert anybody.get("/api/v1/targets").json == {"targets": []}
    partnership(house)
    _, published = in_force(house)
    draft = desk(house)("targets.propose", title="Hemmeligt udkast", category="C")["target"]

    (row,) = anybody.get("/api/v1/targets").json["targets"]
    assert (row["workspace"], row["key"], row["version"], row["status"]) == ("pogi", published, 1, "in force")
    assert (row["origin"], row["sample"]) == ("sample", True)
    assert anybody.get("/api/v1/targets?workspace=pogi").json["targets"] == [row]
    assert anybody.get("/api/v1/targets?workspace=lillestrom").json == {"targets": []}

    page = anybody.get(f"/api/v1/targets/pogi/{published}").json
    assert [version["version"] for version in page["versions"]] == [1]
    version = anybody.get(f"/api/v1/targets/pogi/{published}/versions/1").json
    assert [(it["letter"], it["kind"]) for it in version["requirements"]] == [
        ("a", "requirement"),
        ("b", "recommendation"),
    ]
    assert version["address"] == f"/pogi/maal/{published}/v1"
    assert "case_id" not in str(version)

    for missing in (f"pogi/{draft}", f"pogi/{published}/versions/2", f"lillestrom/{published}", "pogi/E99"):
        answer = anybody.get(f"/api/v1/targets/{missing}")
        assert (answer.status_code, answer.json["type"]) == (404, "/problems/target-not-found"), missing
    assert "Hemmeligt" not in anybody.get("/api/v1/targets").get_data(as_text=True)


def test_the_description_says_that_no_token_is_needed(house: House):
    paths = house.app.test_client().get("/api/v1/openapi.json").json["paths"]
    public = [path for path, item in paths.items() if item.get("get", {}).get("security") == []]
    assert [path for path in public if "/targets" in path] == [
        "/api/v1/targets",
        "/api/v1/targets/{workspace}/{key}",
        "/api/v1/targets/{workspace}/{key}/versions/{number}",
    ]


def test_reading_the_register_takes_few_statements(
    house: House,
):
    partnership(house)
    for title in ("A", "B", "C"):
        TITLE["title"] = title
        in_force(house)
    TITLE["title"] = "Eksempel: arbejdstøj"
    with house.statements() as asked:
        assert len(house.app.test_client().get("/api/v1/targets?workspace=pogi").json["targets"]) == 3
    assert len(asked) <= 3, asked
