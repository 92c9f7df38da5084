import { HostElement, styleOf } from './host-element.ts';
import { Button } from './controls.ts';

const slotOf = (name?: string): HTMLSlotElement => {
  const element = document.createElement('slot');
  if (name !== undefined) element.name = name;
  return element;
};

/** `s-pos-block`: a part of a page of the till, with its heading and its button. */
export class PosBlock extends HostElement {
  readonly #heading = document.createElement('h2');

  protected build(): void {
    const css = `:host { display: block } header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-bottom: 8px }
h2 { flex: 1; margin: 0; font-size: 16px; font-weight: 600 } div { display: flex; flex-direction: column; gap: 6px; align-items: stretch }`;
    const header = document.createElement('header');
    header.append(this.#heading, slotOf('secondary-actions'));
    const rows = document.createElement('div');
    rows.append(slotOf());
    this.root.append(styleOf(css), header, rows);
  }

  protected update(): void {
    this.#heading.textContent = this.text('heading');
  }
}

/** `s-scroll-box`: what is longer than the screen. */
export class ScrollBox extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: block }'), slotOf());
  }

  protected update(): void {
    this.style.padding = this.text('padding') === 'base' ? '4px 0' : '';
  }
}

const TILE_CSS = `:host { display: block } button { font: inherit; display: block; width: 100%; min-height: 92px; text-align: start; cursor: pointer;
border: 0; border-radius: 12px; padding: 14px 16px; background: #175e4c; color: #fff }
button:disabled { background: #dfe4e2; color: #5b6168; cursor: default } button:focus-visible { outline: 3px solid #9ad0bf; outline-offset: 2px }
strong { display: block; font-size: 16px } span { font-size: 14px }`;

/** `s-tile`: a button of the home screen. */
export class Tile extends Button {
  readonly #heading = document.createElement('strong');
  readonly #subheading = document.createElement('span');

  protected override build(): void {
    super.build();
    this.button.replaceChildren(this.#heading, this.#subheading);
  }

  protected override update(): void {
    this.button.disabled = this.isOn('disabled');
    this.#heading.textContent = this.text('heading');
    this.#subheading.textContent = this.text('subheading');
  }

  protected override css(): string {
    return TILE_CSS;
  }
}
