"""A diagram whose script fails: the answers are kept, the page says what and where, a correction finishes the case."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from service.engine.layout import layout
from tests.app.visiting import cookie_of
from tests.browser.conftest import Site, overflow
from tests.diagrams import process
from tests.support.browser import accessibility

FORM = {
    "type": "object",
    "properties": {
        "share": {"type": "integer", "title": "Andel"},
        "remark": {"type": "string", "title": "Bemærkning", "maxLength": 500},
    },
}
REMARK = "Tallet er fra sidste møde."


def bundle() -> dict[str, bytes]:
    """The secretariat gives a share, a script weighs it with a name that nothing sets, the chair signs."""
    drawing = (
        process("count", name="Opgørelse", pool="Opgørelse")
        .start("Start", lane="pogi.sec")
        .user("Ask", name="Oplys andelen", lane="pogi.sec", form="share")
        .script("Weigh", "total = share * vægt", name="Beregn vægten", lane="pogi.sec")
        .exclusive("Enough", name="Nok?", lane="pogi.sec")
        .user("Sign", name="Underskriv", lane="pogi.sec", when="total > 100", flow="Yes")
        .end("Signed", lane="pogi.sec")
        .at("Enough")
        .otherwise()
        .end("Small", name="For lidt", lane="pogi.sec")
    )
    manifest = {
        "key": "count",
        "titles": {"da": "Opgørelse"},
        "source_language": "da",
        "process": "count",
    }
    return {
        "count.bpmn": layout(drawing.bpmn(), "count.bpmn"),
        "share.schema.json": json.dumps(FORM).encode(),
        "bundle.json": json.dumps(manifest).encode(),
    }


def stopped(site: Site, pages: Page) -> Page:
    """Anne has answered, and the case stands still; her page."""
    site.house.deploy(bundle())
    anne = site.house.person("anne", "pogi.sec")
    started = anne.post("/api/v1/instances", {"definition": "count", "business_key": "2026-0007"}).json
    pages.context.add_cookies([{"name": "mandat", "value": cookie_of(site.house, anne.actor), "url": site.url}])
    pages.goto(f"{site.url}/pogi/tasks/{started['tasks'][0]['id']}")
    pages.get_by_label("Andel").fill("60")
    pages.get_by_label("Bemærkning").fill(REMARK)
    pages.get_by_role("button", name="Afslut opgaven").click()
    expect(pages.get_by_role("alert")).to_contain_text("Dit svar af 05.01.2026 kl. 09.00 er gemt.")
    expect(pages.get_by_label("Andel")).to_have_value("60")
    expect(pages.get_by_label("Bemærkning")).to_have_value(REMARK)
    return pages


def test_what_failed_is_seen_put_right_and_the_case_comes_to_its_end(site: Site):
    anne = stopped(site, site.open_page())
    page = site.visit("olga", "process.owner")
    page.goto(f"{site.url}/pogi/inbox")
    page.get_by_role("link", name="Se, hvad der fejlede").click()
    expect(page.get_by_role("heading", name="Standsede sager")).to_be_visible()
    assert accessibility.faults(page) == []
    page.get_by_role("link", name="Opgørelse, 2026-0007").click()

    expect(page.locator("[data-viewer=canvas] [data-element-id=Weigh].m-now")).to_be_attached()
    text = page.locator("main")
    for said in (
        "Beregn vægten",
        "share * vægt",
        "har ingen værdi",
        "60",
        "Anne",
        "det er forseglet",
        "prøvet én gang",
    ):
        expect(text).to_contain_text(said)
    expect(text).not_to_contain_text(REMARK)
    expect(page.locator(".m-twin")).to_contain_text(
        "Det fejlede ved »Beregn vægten« (Beregning) i processen »Opgørelse«."
    )
    assert (overflow(page), accessibility.faults(page)) == (0, [])

    page.get_by_role("button", name="Prøv igen", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Det fejlede igen.")
    expect(text).to_contain_text("prøvet 2 gange")

    page.get_by_label("vægt", exact=True).fill("to")
    page.get_by_label("Begrundelse").first.fill("Efter bilaget.")
    page.get_by_role("button", name="Ret, og prøv igen").click()
    expect(page.get_by_role("alert")).to_contain_text("vægt: Skriv et tal")
    expect(page.get_by_label("vægt", exact=True)).to_have_value("to")
    assert accessibility.faults(page) == []
    page.get_by_label("vægt", exact=True).fill("2")
    page.get_by_role("button", name="Ret, og prøv igen").click()
    expect(page.get_by_role("status")).to_contain_text("Sagen går videre.")
    expect(page.get_by_role("heading", name="Ingen sag står stille")).to_be_visible()

    anne.goto(f"{site.url}/pogi/inbox")
    anne.get_by_role("button", name="Bekræft, at det er gjort").click()
    expect(anne.get_by_role("status")).to_contain_text("»Underskriv« er afsluttet.")
    page.get_by_role("link", name="Se sagen").click()
    expect(page.locator("main")).to_contain_text("afsluttet 5. januar 2026")
    page.get_by_role("link", name="Trin for trin").click()
    page.get_by_role("row").filter(has_text="Rettede værdier ved »Beregn vægten«").get_by_role("link").click()
    panel = page.locator("[data-replay=panel]")
    expect(panel).to_contain_text("Efter bilaget.")
    expect(panel).to_contain_text("– → 2")
    page.get_by_role("link", name="Kontrollér optegnelsen").click()
    expect(page.locator("main")).to_contain_text("Optegnelsen hænger sammen")


def test_on_a_phone_a_stopped_case_can_be_read_and_led_past_what_failed(site: Site):
    stopped(site, site.open_page())
    page = site.visit("olga", "process.owner", width=375)
    page.goto(f"{site.url}/pogi/incidents")
    assert (overflow(page), accessibility.faults(page)) == (0, [])
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Prøv de valgte igen").click()
    expect(page.get_by_role("status")).to_contain_text("1 står stadig stille.")
    page.get_by_role("link", name="Opgørelse, 2026-0007").click()
    page.locator("[data-state=drawn]").wait_for()
    page.get_by_text("Gå forbi denne del", exact=True).click()
    assert (overflow(page), accessibility.faults(page)) == (0, [])
    page.get_by_label("Begrundelse").nth(1).fill("Vægten er uden betydning her.")
    page.get_by_role("button", name="Gå forbi den").click()
    expect(page.get_by_role("alert")).to_contain_text("Det fejlede igen.")
    expect(page.locator("main")).to_contain_text("»Beregn vægten« gås forbi (Olga)")
    page.get_by_text("Gå forbi denne del", exact=True).click()
    page.get_by_role("radio", name="til »Underskriv«").check()
    page.get_by_label("Begrundelse").nth(1).fill("Andelen er nok.")
    page.get_by_role("button", name="Gå forbi den").click()
    expect(page.get_by_role("status")).to_contain_text("Sagen går videre.")


def test_a_case_is_suspended_let_go_on_and_called_off_from_its_page(site: Site):
    anne = stopped(site, site.open_page())
    page = site.visit("olga", "process.owner")
    page.goto(f"{site.url}/pogi/cases")
    page.get_by_role("link", name="Opgørelse, 2026-0007").click()
    page.get_by_text("Sæt sagen i bero").click()
    page.get_by_label("Begrundelse").first.fill("Vi venter på et notat.")
    page.get_by_role("button", name="Sæt den i bero").click()
    expect(page.get_by_role("status")).to_contain_text("Sagen er sat i bero.")
    assert accessibility.faults(page) == []
    anne.goto(f"{site.url}/pogi/inbox")
    expect(anne.locator("main")).to_contain_text("Sagen er sat i bero")
    assert accessibility.faults(anne) == []
    page.get_by_label("Begrundelse").first.fill("Notatet er kommet.")
    page.get_by_role("button", name="Lad den gå videre").click()
    expect(page.get_by_role("status")).to_contain_text("Sagen går videre.")
    page.get_by_text("Indstil sagen").click()
    page.get_by_label("Begrundelse").last.fill("Den blev begyndt ved en fejl.")
    page.get_by_role("button", name="Indstil den").click()
    expect(page.get_by_role("status")).to_contain_text("Sagen er indstillet. 1 opgave blev taget tilbage.")
    anne.goto(f"{site.url}/pogi/inbox")
    expect(anne.get_by_role("heading", name="Ingen opgaver venter på dig")).to_be_visible()
