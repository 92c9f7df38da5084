import { HostElement, styleOf } from './host-element.ts';

const slotOf = (name?: string): HTMLSlotElement => {
  const element = document.createElement('slot');
  if (name !== undefined) element.name = name;
  return element;
};

/** What a block may take before the merchant asks for more. */
const BLOCK_PIXELS = 300;

/** `s-admin-block`: a card of a record's page, cut off at 300 pixels until "Show more" is pressed. */
export class AdminBlock extends HostElement {
  readonly #details = document.createElement('details');
  readonly #heading = document.createElement('span');
  readonly #summary = document.createElement('small');
  readonly #content = document.createElement('div');
  readonly #more = document.createElement('button');

  protected build(): void {
    const css = `:host { display: block } details { border: 1px solid #e1e5e3; border-radius: 12px; background: #fff; padding: 12px 16px }
summary { cursor: pointer; font-weight: 600; font-size: 15px } summary small { font-weight: 400; color: #5b6168; margin-inline-start: 8px }
details[open] small { display: none } div { margin-top: 10px; overflow: hidden } div.cut { max-height: ${BLOCK_PIXELS}px }
button { font: inherit; border: 0; background: none; color: #175e4c; padding: 8px 0; min-height: 24px; cursor: pointer; text-decoration: underline }`;
    const summary = document.createElement('summary');
    summary.append(this.#heading, this.#summary);
    this.#details.open = true;
    this.#content.className = 'cut';
    this.#content.append(slotOf());
    this.#more.type = 'button';
    this.#more.textContent = document.documentElement.lang === 'id' ? 'Tampilkan lebih banyak' : 'Show more';
    this.#more.addEventListener('click', () => {
      this.#content.classList.remove('cut');
      this.#more.hidden = true;
    });
    this.#details.append(summary, this.#content, this.#more);
    this.root.append(styleOf(css), this.#details);
    const measure = () => {
      const isCut = this.#content.scrollHeight > this.#content.clientHeight + 1;
      if (this.#content.classList.contains('cut')) this.#more.hidden = !isCut;
    };
    new ResizeObserver(measure).observe(this.#content);
    new MutationObserver(() => requestAnimationFrame(measure)).observe(this, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    measure();
  }

  protected update(): void {
    this.#heading.textContent = this.text('heading');
    this.#summary.textContent = this.text('collapsedSummary');
  }
}

/** `s-admin-action`: the content of the admin's modal, with its buttons below. */
export class AdminAction extends HostElement {
  readonly #heading = document.createElement('h2');
  readonly #content = document.createElement('div');

  protected build(): void {
    const css = `:host { display: block } h2 { margin: 0 0 14px; font-size: 18px } div.loading { opacity: .5 }
footer { display: flex; flex-wrap: wrap; gap: 10px; justify-content: flex-end; margin-top: 18px; padding-top: 14px; border-top: 1px solid #e1e5e3 }`;
    const footer = document.createElement('footer');
    footer.append(slotOf('secondary-actions'), slotOf('primary-action'));
    this.#content.append(slotOf());
    this.root.append(styleOf(css), this.#heading, this.#content, footer);
  }

  protected update(): void {
    this.#heading.textContent = this.text('heading');
    this.#content.className = this.isOn('loading') ? 'loading' : '';
    this.#content.setAttribute('aria-busy', String(this.isOn('loading')));
  }
}
