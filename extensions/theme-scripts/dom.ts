/** Elements made in code. */

export type Child = Node | string | null | false;
export interface Props {
  class?: string;
  /** What an element is found by again after everything was drawn again. */
  key?: string;
  onclick?: () => void;
  onsubmit?: () => void;
  oninput?: () => void;
  [attribute: string]: string | boolean | (() => void) | undefined;
}

/** Makes an element; `true` is an attribute without value, `false` and undefined none. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), (event) => {
        event.preventDefault();
        value();
      });
    } else element.setAttribute(name === 'key' ? 'data-key' : name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** Draws children in place of those that are there; the focus, and what was typed, stay where they were. */
export function draw(root: HTMLElement, children: readonly Child[]): void {
  const { activeElement } = document;
  const key = activeElement && root.contains(activeElement) ? activeElement.getAttribute('data-key') : null;
  const typed = new Map(
    Array.from(root.querySelectorAll<HTMLInputElement>('input[data-key]'), (input) => [
      input.dataset.key,
      input.value,
    ]),
  );
  root.replaceChildren(...children.filter((child) => child !== null && child !== false));
  for (const input of root.querySelectorAll<HTMLInputElement>('input[data-key]'))
    input.value = typed.get(input.dataset.key) ?? '';
  if (key !== null) root.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
}
