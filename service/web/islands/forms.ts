// Questions that depend on another answer: put while their condition holds, and else neither shown nor sent.
// Without this, they all stand on the page, each saying when it is meant.
interface Test {
  name: string;
  /** Answers as the browser sends them; null: any answer. */
  values: string[] | null;
  turned: boolean;
}

function holds(form: HTMLFormElement, test: Test): boolean {
  const given = new FormData(form).getAll(test.name).map(String).filter(Boolean);
  const box = form.querySelector(`input[type="checkbox"][name="${CSS.escape(test.name)}"][value="true"]`);
  const answers = box && given.length === 0 ? ["false"] : given;
  const met = test.values === null ? given.length > 0 : answers.some((answer) => test.values?.includes(answer));
  return met !== test.turned;
}

function updateConditional(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-when]")) {
    const tests = JSON.parse(field.dataset["when"] ?? "[]") as Test[];
    const met = tests.every((test) => holds(form, test));
    field.toggleAttribute("data-met", met);
    field.disabled = !met;
  }
}

export function updateConditionals(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form:has(fieldset[data-when])")) updateConditional(form);
}

document.addEventListener("change", (event) => {
  const form = (event.target as Element).closest("form");
  if (form) updateConditional(form);
});
updateConditionals();
