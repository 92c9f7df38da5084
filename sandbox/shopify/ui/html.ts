/** Markup that is safe to send: made by `html`, or marked with `raw`. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text is escaped, markup and lists of it go in as they are, nothing is nothing. */
export type Part = string | number | Markup | null | undefined | false | Part[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Template tag: every value is escaped unless it is markup. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  const text = strings.reduce((all, string, index) => all + string + show(parts[index]), '');
  return new Markup(text);
}

/** Marks text as markup. Only for text of our own, such as a data URL or JSON made by `jsonScript`. */
export function raw(text: string): Markup {
  return new Markup(text);
}

/** A value for the page's script, as a JSON script element that no value can break out of. */
export function jsonScript(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replace(/</g, '\\u003c');
  return raw(`<script type="application/json" id="${escapeHtml(id)}">${json}</script>`);
}

function show(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (Array.isArray(part)) return part.map(show).join('');
  return part instanceof Markup ? part.text : escapeHtml(String(part));
}
