// The keys of stepping, on the page and in a dossier: the arrows, with Shift to the decisions, Home and End, and Space.

/** Milliseconds between two steps while it plays. */
export const PAUSE = 1200;

const WRITTEN = "input:not([type=range]), textarea, select, .m-diagram, [contenteditable]";

/** Whether a key belongs to what has the focus, not to the stepping. A slider keeps those by which it steps itself. */
export function busy(target: Element, event: KeyboardEvent): boolean {
  const slides = target.closest("input[type=range]") !== null && event.key !== " " && !event.shiftKey;
  return (
    slides ||
    target.closest(WRITTEN) !== null ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.defaultPrevented
  );
}
