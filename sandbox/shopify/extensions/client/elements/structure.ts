import { HostElement, styleOf } from './host-element.ts';
import { spaceOf } from './spaces.ts';

const slot = (name?: string): HTMLSlotElement => {
  const element = document.createElement('slot');
  if (name !== undefined) element.name = name;
  return element;
};

/** `s-page`: a whole page of the account with its heading. */
export class Page extends HostElement {
  readonly #heading = document.createElement('h1');
  readonly #subheading = document.createElement('p');

  protected build(): void {
    const css = `:host { display: block } header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-bottom: 18px }
div { flex: 1 1 12rem; min-inline-size: 0 } h1 { font-size: 24px; line-height: 1.25; margin: 0; letter-spacing: -.01em } p { margin: 2px 0 0; color: #5b6168 }`;
    const header = document.createElement('header');
    const titles = document.createElement('div');
    titles.append(this.#heading, this.#subheading);
    header.append(titles, slot('secondary-actions'), slot('primary-action'));
    this.root.append(styleOf(css), header, slot());
  }

  protected update(): void {
    this.#heading.textContent = this.text('heading');
    this.#subheading.textContent = this.text('subheading');
    this.#subheading.hidden = this.text('subheading') === '';
  }
}

/** `s-heading`: a heading below that of the section around it. */
export class Heading extends HostElement {
  protected build(): void {
    const heading = document.createElement('h3');
    heading.append(slot());
    this.root.append(
      styleOf(
        ':host { display: block } h3 { margin: 0; font-size: 15px; line-height: 1.35; font-weight: 600 }',
      ),
      heading,
    );
  }

  protected update(): void {
    // Its text is its children.
  }
}

/** `s-paragraph`. */
export class Paragraph extends HostElement {
  protected build(): void {
    const paragraph = document.createElement('p');
    paragraph.append(slot());
    this.root.append(styleOf(':host { display: block } p { margin: 0 }'), paragraph);
  }

  protected update(): void {
    this.style.color = this.text('color') === 'subdued' ? '#5b6168' : '';
    this.style.fontSize = this.text('type') === 'small' ? '13px' : '';
  }
}

/** A responsive value: `@container (inline-size > 500px) a, b` is a in a wide extension, b in a narrow one. */
function byWidth(value: string, width: number): string {
  const found =
    /^@container(?: [\w-]+)? \(inline-size (>|<|>=|<=) (\d+)px\) ([^,]+(?:\([^)]*\)[^,]*)?),\s*(.+)$/.exec(
      value,
    );
  if (!found) return value;
  const [, sign = '', pixels = '', yes = '', no = ''] = found;
  const limit = Number(pixels);
  const holds = sign.startsWith('>')
    ? width > limit || (sign === '>=' && width === limit)
    : width < limit || (sign === '<=' && width === limit);
  return holds ? yes : no;
}

/** `s-grid`: children in columns. */
export class Grid extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: grid } :host([hidden]) { display: none }'), slot());
    new ResizeObserver(() => this.update()).observe(document.body);
  }

  protected update(): void {
    const width = document.body.getBoundingClientRect().width;
    this.style.gridTemplateColumns = byWidth(this.text('gridTemplateColumns'), width);
    this.style.gap = spaceOf(this.text('gap'));
    this.style.alignItems = this.text('alignItems');
    this.style.justifyContent = this.text('justifyContent');
    const label = this.text('accessibilityLabel');
    const role = this.text('accessibilityRole');
    if (role || label) this.setAttribute('role', role || 'group');
    if (label) this.setAttribute('aria-label', label);
  }
}

/** `s-grid-item`. */
export class GridItem extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: block; min-inline-size: 0 }'), slot());
  }

  protected update(): void {
    this.style.gridColumn = this.text('gridColumn');
    this.style.gridRow = this.text('gridRow');
  }
}

/** `s-box`: a place with a border, a ground and an inner distance. */
export class Box extends HostElement {
  protected build(): void {
    this.root.append(
      styleOf(':host { display: block; box-sizing: border-box } :host([hidden]) { display: none }'),
      slot(),
    );
  }

  protected update(): void {
    const hasBorder = !['', 'none'].includes(this.text('border'));
    this.style.border = hasBorder ? '1px solid #e1e5e3' : '';
    this.style.borderRadius = ['', 'none'].includes(this.text('borderRadius')) ? '' : '10px';
    this.style.background = this.text('background') === 'subdued' ? '#f6f8f7' : '';
    this.style.padding = this.text('padding').split(' ').map(spaceOf).join(' ');
    this.style.inlineSize = this.text('inlineSize');
    this.style.maxInlineSize = this.text('maxInlineSize');
    this.style.blockSize = this.text('blockSize');
    if (this.text('accessibilityLabel')) this.setAttribute('aria-label', this.text('accessibilityLabel'));
    if (this.text('accessibilityRole')) this.setAttribute('role', this.text('accessibilityRole'));
  }
}

/** `s-divider`. */
export class Divider extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: block; border-block-start: 1px solid #e1e5e3 }'));
  }

  protected update(): void {
    this.setAttribute('role', 'separator');
  }
}

/** `s-badge`: a word about a thing. */
export class Badge extends HostElement {
  protected build(): void {
    const css = `:host { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 12.5px; font-weight: 550; background: #eceeed; color: #33393d; align-self: flex-start }
:host([data-tone="critical"]) { background: #fdefee; color: #8c1d17 } :host([data-tone="success"]) { background: #eaf6f0; color: #0d5239 } :host([data-tone="warning"]) { background: #fff6e5; color: #6b4200 } :host([data-tone="info"]) { background: #eff5fc; color: #173f78 }`;
    this.root.append(styleOf(css), slot());
  }

  protected update(): void {
    this.dataset['tone'] = this.text('tone');
  }
}

/** `s-unordered-list` and `s-ordered-list`. */
export class List extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: grid; gap: 4px; padding-inline-start: 18px }'), slot());
  }

  protected update(): void {
    this.setAttribute('role', 'list');
  }
}

/** `s-list-item`. */
export class ListItem extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: list-item; list-style: disc }'), slot());
  }

  protected update(): void {
    this.setAttribute('role', 'listitem');
  }
}

/** `s-progress`: how far something is. */
export class Progress extends HostElement {
  readonly #bar = document.createElement('progress');

  protected build(): void {
    this.root.append(
      styleOf(':host { display: block } progress { inline-size: 100%; accent-color: #175e4c }'),
      this.#bar,
    );
  }

  protected update(): void {
    this.#bar.max = Number(this.prop('max') ?? 1);
    this.#bar.value = Number(this.prop('value') ?? 0);
    this.#bar.setAttribute('aria-label', this.text('accessibilityLabel'));
  }
}

/** `s-query-container`: what responsive values inside it measure. */
export class QueryContainer extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: block }'), slot());
  }

  protected update(): void {
    // Nothing to draw.
  }
}
