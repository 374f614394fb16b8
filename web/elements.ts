// The elements of the renewal page by their ids; a page and a script that do not fit together fail at once.

/** The element with this id and class; throws where the page has none. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`);
  return found;
}

/** Shows an element that the page holds ready. */
export function show(id: string): void {
  element(id, HTMLElement).hidden = false;
}

/** Hides elements. */
export function hide(...ids: readonly string[]): void {
  for (const id of ids) element(id, HTMLElement).hidden = true;
}

/** Puts text into an element. */
export function write(id: string, text: string): void {
  element(id, HTMLElement).textContent = text;
}
