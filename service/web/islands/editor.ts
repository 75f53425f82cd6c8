// The process editor: drawing, panel, problems, and the one form that puts what was drawn into force.
import { begin, wireZoom } from "./canvas";
import { make, part } from "./dom";
import type { Offers } from "./field";
import { Keeping } from "./keeping";
import { open, type Drawing } from "./modeler";
import { showPanel } from "./panel";
import { Problems, type Finding } from "./problems";
import { wireTools } from "./tools";

/** What the page hands over. The diagram itself stands in the form, as it will be sent. */
interface EditorProps extends Offers {
  /** Where a drawing is sent to be checked; the answer has the findings, and the list of them as HTML. */
  check: string;
  findings: Finding[];
  /** Whether the drawing in the form differs from the version in force: it came back from a refusal. */
  changed: boolean;
  words: Record<string, string>;
}

/** What a check answers: the findings, and as HTML the list of them and what stands in the way. */
interface Checked {
  findings: Finding[];
  html: string;
  summary: string;
}

const PAUSE = 600; // ms without a change before the drawing is checked

export async function mount(host: HTMLElement, given: unknown): Promise<void> {
  const props = given as EditorProps;
  const canvas = part(host, "editor", "canvas");
  const form = part(host, "editor", "form") as HTMLFormElement;
  const source = part(form, "editor", "source") as HTMLTextAreaElement;
  const word = (key: string) => props.words[key] ?? key;
  const state = part(host, "editor", "state");

  let drawing: Drawing;
  try {
    drawing = await open(canvas, source.value, props.words);
  } catch (error) {
    console.warn("diagram not drawn:", error);
    canvas.textContent = word("failed");
    canvas.dataset["state"] = "failed";
    return;
  }
  begin(drawing.canvas);
  wireZoom(host, drawing.canvas);
  wireTools(part(host, "editor", "tools"), drawing);
  showPanel(part(host, "editor", "panel"), drawing, props, props.words);
  const list = part(host, "editor", "problems");
  const errors = host.querySelector<HTMLElement>("[data-editor=errors]");
  const problems = new Problems(list, drawing);
  problems.show(props.findings);
  if (drawing.losses.length) state.textContent = `${word("losses")} ${drawing.losses.join("; ")}`;

  let unsaved = props.changed;
  let sent = 0;
  const keeping = new Keeping(props.check, (form.elements.namedItem("base") as HTMLInputElement).value);

  async function check(): Promise<void> {
    const number = ++sent;
    source.value = await drawing.xml();
    if (unsaved) keeping.keep(source.value);
    else keeping.forget();
    const headers = { Accept: "application/json" };
    const answer = await fetch(props.check, { method: "POST", body: new FormData(form), headers })
      .then((response) => (response.ok ? (response.json() as Promise<Checked>) : null))
      .catch(() => null); // no network, or the page is being left
    if (number !== sent) return; // a later drawing is under way
    if (!answer) {
      if (host.dataset["ready"] !== "sent") state.textContent = word("check-failed");
      return;
    }
    list.innerHTML = answer.html;
    if (errors) mend(errors, answer.summary, word("error"));
    problems.show(answer.findings);
    host.dataset["checked"] = String(number);
  }

  let waiting: number | undefined;
  const checkSoon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void check(), PAUSE);
  };
  drawing.events.on("commandStack.changed", () => {
    unsaved = props.changed || drawing.stack.canUndo();
    state.textContent = unsaved ? word("unsaved") : "";
    checkSoon();
  });
  if (errors) (form.elements.namedItem("note") as HTMLInputElement).addEventListener("change", checkSoon);
  part(host, "editor", "check").addEventListener("click", () => void check().then(() => problems.next(1)));

  const offer = part(host, "editor", "kept");
  offer.hidden = props.changed || keeping.kept() === null;
  offer.addEventListener("click", (event) => {
    const answer = (event.target as Element).closest<HTMLElement>("button")?.dataset["kept"];
    if (!answer) return;
    offer.hidden = true;
    if (answer === "drop") return keeping.forget();
    props.changed = true;
    void drawing.modeler.importXML(keeping.kept() ?? source.value).then(() => {
      unsaved = true;
      state.textContent = word("unsaved");
      begin(drawing.canvas);
      void check();
    });
  });

  form.addEventListener("submit", (event) => {
    if (host.dataset["ready"] === "sent") return;
    event.preventDefault();
    void drawing.xml().then((xml) => {
      source.value = xml;
      unsaved = false;
      host.dataset["ready"] = "sent";
      form.submit();
    });
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
    if (event.target instanceof HTMLTextAreaElement || canvas.contains(event.target as Node)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey && drawing.stack.canUndo()) drawing.stack.undo();
    else if ((key === "y" || (key === "z" && event.shiftKey)) && drawing.stack.canRedo()) drawing.stack.redo();
    else return;
    event.preventDefault();
  });
  host.dataset["ready"] = "yes";
}

/** Leaves out of what has to be corrected what is mended. It is said aloud, so the same is not said twice. */
function mend(errors: HTMLElement, summary: string, mark: string): void {
  const fresh = make("template");
  fresh.innerHTML = summary;
  if (fresh.content.textContent?.trim() === errors.textContent?.trim()) return;
  errors.replaceChildren(fresh.content);
  errors.hidden = !summary;
  if (!summary && document.title.startsWith(mark)) document.title = document.title.slice(mark.length).trim();
}
