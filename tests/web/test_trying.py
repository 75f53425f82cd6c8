"""The page on which a decision table is tried: its form, its answer, and who may see it."""

import pytest
from sqlalchemy import select

from service.commands import deployments
from service.queries import bundles
from service.store import db, definitions
from service.store.tables import BundleFile
from tests.app.browsing import Browser
from tests.app.house import House
from tests.app.records import shipped
from tests.app.visiting import visiting
from tests.engine.decisions.drawing import decision, file, given, table, text
from tests.web.test_processes import text as read

PAGE = "/pogi/processes/rules/decisions/level"
RULES = table(
    "UNIQUE",
    ["half", "sure: boolean"],
    ["level: string", "why: string"],
    ['< 5 | - => "low" | "few"', '>= 5 | true => "high" | "many"', '>= 8 | true => "top" | "most"'],
)


def rules(data: bytes | None = None) -> dict[str, bytes]:
    whole = file(
        given("amount", "number"),
        given("sure"),
        decision("half", text("amount / 2"), needs=["in-amount"]),
        decision("level", RULES, needs=["half", "in-sure"]),
    )
    manifest = b'{"key": "rules", "titles": {"da": "Regler"}, "source_language": "da"}'
    return {"rules.dmn": data or whole, "bundle.json": manifest}


@pytest.fixture
def owner(sqlite_house: House) -> Browser:
    deployments.deploy(sqlite_house.operator(), bundles.sent(rules()), "Første udgave", False)
    return visiting(sqlite_house, "owner", "process.owner")


def test_the_form_asks_for_what_the_decision_and_those_it_needs_ask_for(owner):
    page = owner.get(PAGE)
    assert page.status_code == 200
    assert 'name="amount"' in page.text
    assert '<option value="true">Ja</option>' in page.text
    assert "m-hit" not in page.text


def test_a_try_has_an_address_and_marks_what_fired(owner):
    page = owner.get(f"{PAGE}?tried=1&amount=12&sure=true")
    assert page.text.count('class="m-hit"') == 1
    told = read(page)
    assert '"high"' in told
    assert '"many"' in told
    assert "Regler, der slog til Regel 2" in told
    assert owner.get(f"{PAGE}?tried=1&amount=12&sure=true").text.count("m-hit") == 1


def test_rules_that_contradict_one_another_are_said_in_the_reader_s_language(owner):
    page = owner.get(f"{PAGE}?tried=1&amount=20&sure=true")
    told = read(page)
    assert "Flere regler gælder, og kun én må" in told
    assert "gælder alle, og kun én må gøre det." in told
    assert "all apply" not in told
    assert page.text.count('class="m-hit"') == 2


def test_that_no_rule_applies_is_said_in_the_reader_s_language(owner):
    told = read(owner.get(f"{PAGE}?tried=1&amount=12"))
    assert "Ingen regel i tabellen gælder" in told
    assert "uden værdi: `sure`" in told
    assert "No rule" not in told


def test_what_was_written_wrong_stays_in_its_field(owner):
    page = owner.get(f"{PAGE}?tried=1&amount=%3Cb%3Emany&sure=perhaps")
    assert "Ret 2 værdier, før tabellen kan spørges" in read(page)
    assert 'value="&lt;b&gt;many"' in page.text
    assert "m-hit" not in page.text


def test_an_older_version_can_be_tried(sqlite_house, owner):
    other = rules()["rules.dmn"].replace(b"&lt; 5<", b"&lt; 7<").replace(b"&gt;= 5<", b"&gt;= 7<")
    deployments.deploy(sqlite_house.operator(), bundles.sent(rules(other)), "Anden udgave", False)
    asked = "tried=1&amount=12&sure=true"
    assert '"few"' in read(owner.get(f"{PAGE}?{asked}")).split("Tabellens")[0]
    assert '"many"' in read(owner.get(f"{PAGE}?{asked}&version=1")).split("Tabellens")[0]
    assert owner.get(f"{PAGE}?version=9").status_code == 404


def test_what_is_not_there_or_not_hers_is_not_found(sqlite_house, owner):
    assert owner.get("/pogi/processes/rules/decisions/other").status_code == 404
    assert owner.get("/pogi/processes/none/decisions/level").status_code == 404
    stranger = visiting(sqlite_house, "stranger")
    assert stranger.get(PAGE).status_code in (403, 404)


def test_what_a_setting_is_asked_for_is_called_as_on_the_page_of_settings(sqlite_house):
    shipped(sqlite_house, "decision-rules")
    owner = visiting(sqlite_house, "owner", "process.owner")
    page = owner.get("/pogi/processes/decision-rules/decisions/majority")
    told = read(page)
    assert "Beslutningsdygtighed" in told.partition("Det spørger tabellen om")[2]
    assert "rules.sg.quorum" not in told.partition("Det spørger tabellen om")[2]
    assert '<option value="&#34;cast&#34;">flere for end imod</option>' in page.text


def test_a_table_that_was_changed_in_the_database_is_refused_under_its_own_headline(sqlite_house, owner):
    with db.transaction() as session:
        row = session.scalars(select(BundleFile).where(BundleFile.name == "rules.dmn")).one()
        row.content = definitions.pack(definitions.unpack(row.content).replace(b'"high"', b'"none"'))
    page = owner.get(f"{PAGE}?tried=1&amount=12&sure=true")
    assert page.status_code == 422
    assert (
        '<h1 class="ds-heading" data-size="lg">Beslutningstabellen er ændret, efter at den blev sat i kraft</h1>'
        in page.text
    )
    told = read(page)
    assert "Sæt pakken i kraft igen" in told
    assert "blev ikke forstået" not in told
    assert "Filerne i »Regler« er ændret" in read(owner.get("/pogi/processes"))
    assert "Filerne i denne version er ændret" in read(owner.get("/pogi/processes/rules"))
    problem = owner.get(f"{PAGE}?tried=1&amount=12&sure=true", headers={"Accept": "application/json"})
    assert problem.status_code == 422


@pytest.fixture
def majority(sqlite_house):
    """Asks the shipped table of majorities; what is not told otherwise is a vote that carries."""
    shipped(sqlite_house, "decision-rules")
    owner = visiting(sqlite_house, "owner", "process.owner")
    told = {"in_favour": "7", "against": "2", "taking_part": "9", "entitled": "12", "rules.sg.quorum": "0,5"}

    def ask(**more: str):
        query = {
            "tried": "1",
            "rules.sg.majority": '"cast"',
            **told,
            **{key.replace("__", "."): it for key, it in more.items()},
        }
        return owner.get("/pogi/processes/decision-rules/decisions/majority", query_string=query)

    return ask


def test_the_rules_that_fired_are_named_and_an_outcome_is_said_in_words(majority):
    told = read(majority())
    assert "Regler, der slog til Regel 2" in told
    assert 'Udfald Vedtaget "adopted"' in told


def test_a_value_out_of_range_is_put_up_at_its_field_with_the_range_and_nothing_is_lost(majority):
    page = majority(rules__sg__quorum="2")
    told = read(page)
    assert "Ret 1 værdi, før tabellen kan spørges Beslutningsdygtighed: Skriv et tal fra 0 til 1." in told
    assert "Fra 0 til 1." in told
    assert 'value="2"' in page.text
    assert 'value="12"' in page.text
    assert "tRules" not in told
    assert "Der kom ingen værdi ud" not in told


def test_a_part_of_what_belongs_together_that_is_left_empty_is_asked_for(majority):
    told = read(majority(rules__sg__majority=""))
    assert "Flertal regnes af: Udfyld også dette: det hører sammen med det, du har udfyldt." in told
    assert "tRules" not in told


@pytest.mark.parametrize("written", ["1 000,5", "1.000,5", "1,000.5", "1000,5", "1000.5", "1\u00a0000,5"])
def test_a_number_is_read_as_people_write_it(owner, written):
    told = read(owner.get(PAGE, query_string={"tried": "1", "amount": written, "sure": "true"}))
    assert "Ret 1 værdi" not in told
    assert '"many"' in told or "Regel 2 og 3" in told


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("NaN", "Skriv et tal, for eksempel 12,5."),
        ("Infinity", "Skriv et tal, for eksempel 12,5."),
        ("1,0,0", "Skriv et tal, for eksempel 12,5."),
        ("1.000", "Det kan være tusind eller én: udelad tegnet mellem tusinderne."),
    ],
)
def test_what_is_no_number_or_could_be_two_is_put_up_for_correction(owner, written, why):
    page = owner.get(PAGE, query_string={"tried": "1", "amount": written, "sure": "true"})
    assert f"amount: {why}" in read(page)
    assert f'value="{written}"' in page.text


def test_an_answer_that_has_no_text_is_said_in_the_reader_s_language(sqlite_house, owner):
    other = file(decision("level", text("function(a) a + 1")))
    deployments.deploy(sqlite_house.operator(), bundles.sent(rules(other)), "Anden udgave", False)
    told = read(owner.get(f"{PAGE}?tried=1"))
    assert "a function has no text" not in told
    assert "En funktion har ingen tekst" in told


@pytest.mark.parametrize("version", ["x", "1.0", "-1", "%C2%B2"])
def test_a_version_that_is_no_number_is_not_found(owner, version):
    assert owner.get(f"{PAGE}?version={version}").status_code == 404
    assert owner.get(f"{PAGE}?version=").status_code == 200
