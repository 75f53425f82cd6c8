// The inbox: a row shows its task beside the list where there is room, and opens the task's page where there is none.
// Deeds in the preview put the list in place anew; an answer that is no inbox (signed out meanwhile) is gone to instead.
interface Context {
  sourceElement: HTMLElement;
  text: string;
  response: { raw: Response };
}

const context = (event: Event) => (event as CustomEvent<{ ctx: Context }>).detail.ctx;
const room = matchMedia("(min-width: 62.0625rem)");
const OF_INBOX = "a[data-task], form.m-preview";

document.addEventListener("htmx:before:request", (event) => {
  const { sourceElement } = context(event);
  if (room.matches || !sourceElement.matches("a[data-task]")) return;
  event.preventDefault();
  location.assign((sourceElement as HTMLAnchorElement).href);
});

document.addEventListener("htmx:after:request", (event) => {
  const { sourceElement, text, response } = context(event);
  if (!sourceElement.matches(OF_INBOX) || text.includes('id="inbox"')) return;
  event.preventDefault();
  location.assign(response.raw.url);
});

export {};
