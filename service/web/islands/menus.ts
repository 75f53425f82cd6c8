// Menus are <details>: they open without script. With it they close on Escape and on a click beside them.
const unfolded = () => document.querySelectorAll<HTMLDetailsElement>("details.m-menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of unfolded()) if (!menu.contains(event.target as Node)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of unfolded()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.preventDefault();
  }
});

export {};
