"""Processes as they are drawn in public bodies, without a drawing: what the layout is tried on."""

import re
from collections.abc import Callable

from tests.diagrams import Drawing, after, diagram, each, error, escalation, message, process, signal

SECRETARIAT, STEERING, WORKING, BUYING = "Sekretariatet", "Styregruppen", "Arbejdsgruppen", "Indkøbsafdelingen"


def _bare(drawing: Drawing) -> bytes:
    return drawing.bpmn(drawn=False)


def straight() -> bytes:
    return _bare(
        process("straight")
        .start(name="Forslag modtaget")
        .user("read", name="Gennemgå forslag")
        .user("write", name="Skriv indstilling til styregruppen")
        .end(name="Afsluttet")
    )


def choice() -> bytes:
    return _bare(
        process("choice")
        .start(name="Udkast klar")
        .user("draft", name="Udarbejd udkast")
        .exclusive("ok", name="Godkendt?")
        .user("publish", name="Offentliggør", when="ok")
        .end("done", name="Offentliggjort")
        .at("ok")
        .to("rejected", name="Nej")
        .end("rejected", name="Afvist", joined=False)
    )


def loop() -> bytes:
    return _bare(
        process("loop")
        .start()
        .user("draft", name="Udarbejd udkast")
        .user("review", name="Gennemse")
        .exclusive("ok", name="Godkendt?")
        .user("publish", name="Offentliggør", when="ok")
        .end("done")
        .at("ok")
        .otherwise()
        .to("draft", name="Nej, bearbejdes igen", flow="again")
    )


def parallel() -> bytes:
    return _bare(
        process("parallel")
        .start()
        .parallel("split")
        .user("inner", name="Intern høring")
        .parallel("join")
        .end()
        .at("split")
        .user("trade", name="Branchehøring")
        .to("join")
        .at("split")
        .user("law", name="Juridisk vurdering af udkast")
        .user("mend", name="Ret")
        .to("join")
    )


def inclusive() -> bytes:
    return _bare(
        process("inclusive")
        .start()
        .inclusive("which", name="Hvilke høringer?")
        .user("inner", name="Intern høring", when="a")
        .inclusive("all")
        .user("sum", name="Saml op")
        .end()
        .at("which")
        .when("b")
        .user("trade", name="Branchehøring")
        .to("all")
        .at("which")
        .otherwise()
        .to("all", name="Ingen")
    )


def boundary() -> bytes:
    return _bare(
        process("boundary")
        .start()
        .user("answer", name="Afgiv høringssvar")
        .user("sum", name="Sammenfat svar")
        .end()
        .boundary("late", "answer", after('"P14D"'), name="Frist overskredet", interrupting=False)
        .user("remind", name="Send rykker")
        .end("reminded")
        .boundary("withdrawn", "answer", error("withdrawn"), name="Svar trukket tilbage")
        .user("close", name="Luk høring")
        .end("closed")
        .boundary("up", "answer", escalation("chief"), name="Eskaleret", interrupting=False)
        .to("answer")
    )


def lanes() -> bytes:
    return _bare(
        process("adoption", name="Vedtagelse")
        .start(name="Udkast klar", lane=SECRETARIAT)
        .user("prepare", name="Forbered dagsorden", lane=SECRETARIAT)
        .user("vote", name="Afgiv stemme", lane="Medlemsorganisation", loop=each("members", item="member"))
        .exclusive("quorate", name="Beslutningsdygtig?", lane=STEERING)
        .user("confirm", name="Bekræft beslutning", lane=STEERING, when="quorate")
        .exclusive("adopted", name="Vedtaget?", lane=STEERING)
        .service("publish", "targets.publish", name="Offentliggør måltal", lane=SECRETARIAT, when="adopted")
        .end("done", name="Vedtaget", lane=SECRETARIAT)
        .at("quorate")
        .otherwise()
        .to("prepare", name="Nej")
        .at("adopted")
        .otherwise()
        .user("rework", name="Indarbejd bemærkninger", lane=WORKING)
        .to("prepare")
    )


def lanes_in_lanes() -> bytes:
    service, expert, paying = ("Kommunen", "Borgerservice"), ("Kommunen", "Fagafdeling"), ("Staten", "Udbetaling")
    reason = "Giv afslag med begrundelse og klagevejledning til borgeren inden fjorten dage"
    return _bare(
        process("benefit", name="Sag")
        .start(lane=service)
        .user("receive", name="Modtag", lane=service)
        .user("judge", name="Vurdér", lane=expert)
        .exclusive("granted", name="Bevilges?", lane=expert)
        .user("pay", name="Udbetal", lane=paying, when="granted")
        .end(lane=paying)
        .at("granted")
        .otherwise()
        .user("refuse", name=reason, lane=service)
        .end("refused", lane=service)
    )


def nested() -> bytes:
    return _bare(
        process("nested", name="Udkast")
        .start(lane=SECRETARIAT)
        .user("begin_work", name="Indled", lane=SECRETARIAT)
        .sub("drafting", name="Udarbejdelse", lane=WORKING)
        .start("o1")
        .sub("section", name="Afsnit")
        .start("i1")
        .user("write", name="Skriv")
        .user("correct", name="Ret")
        .end("i4")
        .at("correct")
        .to("write")
        .close()
        .parallel("p")
        .user("proof", name="Læs korrektur")
        .parallel("pj")
        .end("o3")
        .at("p")
        .user("translate", name="Oversæt")
        .to("pj")
        .close()
        .user("approve", name="Godkend udkast", lane=STEERING)
        .end("done", lane=STEERING)
        .boundary("overdue", "drafting", after('"P30D"'), name="Frist udløbet", lane=WORKING)
        .user("follow_up", name="Følg op", lane=SECRETARIAT)
        .to("done")
        .event_sub("stopped", name="Afbrydelse", lane=SECRETARIAT)
        .start("e1", message("stop"), name="Stop")
        .user("tell", name="Underret medlemmer")
        .end("e3")
        .close()
    )


def first_of() -> bytes:
    return _bare(
        process("first_of")
        .start()
        .user("ask", name="Send anmodning")
        .first_of("wait", name="Hvad sker først?")
        .catch("answered", message("svar"), name="Svar modtaget")
        .user("handle", name="Behandl svar")
        .exclusive("join")
        .end()
        .at("wait")
        .catch("week", after('"P7D"'), name="7 dage")
        .user("remind", name="Rykker")
        .to("ask")
        .at("wait")
        .catch("stopped", signal("stop"), name="Sag lukket")
        .to("join")
    )


def fan() -> bytes:
    drawing = process("fan").start().exclusive("which", name="Hvilken vej?")
    drawing.user("task_0", name="Opgave 0").end("done")
    for number in range(1, 7):
        drawing.at("which").when(f"way = {number}").user(f"task_{number}", name=f"Opgave {number}").to("done")
    text = _bare(drawing).decode()
    return re.sub(r'(id="Flow_which_task_(\d)")', r'\1 name="Valg \2"', text).encode()


def pools() -> bytes:
    buyer = (
        process("buyer", pool="Kommunen")
        .start("need", name="Behov opstået")
        .user("ask", name="Indhent tilbud")
        .catch("offered", message("offer"), name="Tilbud modtaget")
        .exclusive("good", name="Acceptabelt?")
        .user("sign", name="Underskriv kontrakt", when="good")
        .end("bought", name="Indkøbt")
        .at("good")
        .otherwise()
        .to("ask", name="Nej")
    )
    seller = (
        process("seller", pool="Leverandøren")
        .start("asked", message("ask"), name="Forespørgsel")
        .user("calculate", name="Beregn pris")
        .throw("send", message("offer"), name="Send tilbud")
        .end("sent")
    )
    between = (
        '<bpmn:participant id="Authority" name="Myndigheden" />'
        '<bpmn:messageFlow id="Request" name="Forespørgsel" sourceRef="ask" targetRef="asked" />'
        '<bpmn:messageFlow id="Offer" name="Tilbud" sourceRef="send" targetRef="offered" />'
        '<bpmn:messageFlow id="Notice" name="Anmeldelse" sourceRef="sign" targetRef="Authority" />'
    )
    text = diagram(buyer, seller, drawn=False).decode()
    return text.replace("</bpmn:collaboration>", between + "</bpmn:collaboration>").encode()


def artifacts() -> bytes:
    text = _bare(
        process("artifacts")
        .start(name="Begynd")
        .user("update", name="Opdatér register")
        .user("send", name="Send brev")
        .end("end", name="Slut")
        .data("register", "Register")
        .data("letter", "Brev")
        .raw(
            '<bpmn:textAnnotation id="check"><bpmn:text>Her skal sekretariatet altid kontrollere, at modtageren har '
            'bekræftet.</bpmn:text></bpmn:textAnnotation><bpmn:association id="a1" sourceRef="send" targetRef="check" />'
            '<bpmn:textAnnotation id="days"><bpmn:text>Kun hverdage</bpmn:text></bpmn:textAnnotation>'
            '<bpmn:association id="a2" sourceRef="Flow_update_send" targetRef="days" />'
        )
    ).decode()
    text = _with(text, '<bpmn:userTask id="update" name="Opdatér register"', _output("d1", "register"))
    item = '<bpmn:property id="send_in" name="register" />'
    return _with(
        text, '<bpmn:userTask id="send" name="Send brev"', item + _input("d2", "register") + _output("d3", "letter")
    ).encode()


def _with(text: str, task: str, contents: str) -> str:
    return text.replace(task + " />", f"{task}>{contents}</bpmn:userTask>")


def _output(key: str, item: str) -> str:
    return f'<bpmn:dataOutputAssociation id="{key}"><bpmn:targetRef>{item}_ref</bpmn:targetRef></bpmn:dataOutputAssociation>'


def _input(key: str, item: str) -> str:
    ends = f"<bpmn:sourceRef>{item}_ref</bpmn:sourceRef><bpmn:targetRef>send_in</bpmn:targetRef>"
    return f'<bpmn:dataInputAssociation id="{key}">{ends}</bpmn:dataInputAssociation>'


def target() -> bytes:
    """The longest one: 26 nodes in four lanes."""
    return _bare(
        process("target", name="Udvikling af måltal")
        .start("start", name="Initiativ fra styregruppen", lane=STEERING)
        .user("describe", name="Beskriv mål og begrundelse", lane=STEERING)
        .user("open", name="Opret målsag", lane=SECRETARIAT)
        .parallel("p1", lane=SECRETARIAT)
        .user("scan", name="Markedsafdækning", lane=BUYING)
        .user("cost", name="Vurdér økonomi", lane=BUYING)
        .parallel("p2", lane=SECRETARIAT)
        .at("p1")
        .user("appoint", name="Udpeg arbejdsgruppe", lane=STEERING)
        .user("plan", name="Læg arbejdsplan", lane=WORKING)
        .to("p2")
        .at("p2")
        .user("draft", name="Udarbejd udkast til mål og krav", lane=WORKING)
        .inclusive("i1", name="Hvilke høringer?", lane=SECRETARIAT)
        .call("inner", "hearing", name="Intern høring", lane=SECRETARIAT, when="inner")
        .inclusive("i2", lane=SECRETARIAT)
        .at("i1")
        .when("trade")
        .call("trade", "hearing", name="Branchehøring", lane=BUYING)
        .to("i2")
        .at("i2")
        .user("sum", name="Sammenfat høringssvar", lane=SECRETARIAT)
        .exclusive("change", name="Ændringer?", lane=WORKING)
        .user("agenda", name="Sæt på dagsorden", lane=SECRETARIAT, when="not(change)")
        .user("vote", name="Stem om mål", lane=STEERING)
        .rule("count", "quorum", name="Opgør stemmer", lane=STEERING)
        .exclusive("outcome", name="Udfald?", lane=STEERING)
        .service("publish", "targets.publish", name="Offentliggør mål", lane=SECRETARIAT, when="adopted")
        .user("tell", name="Underret medlemmer", lane=SECRETARIAT)
        .catch("review", after('"P2Y"'), name="Revision om to år", lane=SECRETARIAT)
        .end("done", name="Revision begyndt", lane=SECRETARIAT)
        .at("change")
        .otherwise()
        .to("draft", name="Ja")
        .at("outcome")
        .when("lapsed")
        .to("agenda", name="Ikke beslutningsdygtig")
        .at("outcome")
        .otherwise()
        .to("draft", name="Tilbage til udkast")
        .at("outcome")
        .when("rejected")
        .end("rejected", name="Forkastet", lane=STEERING)
        .boundary("late", "draft", after('"P90D"'), name="Frist for udkast", interrupting=False, lane=WORKING)
        .user("remind", name="Følg op på arbejdsgruppen", lane=SECRETARIAT)
        .end("reminded", lane=SECRETARIAT)
    )


DRAWINGS: tuple[Callable[[], bytes], ...] = (
    straight,
    choice,
    loop,
    parallel,
    inclusive,
    boundary,
    lanes,
    lanes_in_lanes,
    nested,
    first_of,
    fan,
    pools,
    artifacts,
    target,
)
