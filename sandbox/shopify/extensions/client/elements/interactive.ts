import { runCommand } from './commands.ts';
import { HostElement, styleOf } from './host-element.ts';
import { openAddress } from './open-address.ts';

const slot = (name?: string): HTMLSlotElement => {
  const element = document.createElement('slot');
  if (name !== undefined) element.name = name;
  return element;
};

/** `s-link`. */
export class Link extends HostElement {
  readonly #anchor = document.createElement('a');

  protected build(): void {
    this.#anchor.append(slot());
    this.#anchor.addEventListener('click', (event) => {
      event.preventDefault();
      if (this.text('href')) openAddress(this.text('href'), this.text('target'));
      this.send(event);
      runCommand(this);
    });
    this.root.append(
      styleOf(
        ':host { display: inline; align-self: flex-start } a { color: #175e4c } a:focus-visible { outline: 2px solid #175e4c; outline-offset: 2px; border-radius: 3px }',
      ),
      this.#anchor,
    );
  }

  protected update(): void {
    if (this.text('href')) this.#anchor.href = this.text('href');
    if (this.text('accessibilityLabel'))
      this.#anchor.setAttribute('aria-label', this.text('accessibilityLabel'));
  }
}

/** `s-details`, with an `s-summary` as its first child. */
export class Details extends HostElement {
  readonly #details = document.createElement('details');
  readonly #summary = document.createElement('summary');

  protected build(): void {
    const css = `:host { display: block } summary { cursor: pointer; font-weight: 550; padding: 6px 0; min-height: 24px }
summary:focus-visible { outline: 2px solid #175e4c; outline-offset: 2px; border-radius: 4px } ::slotted(s-summary) { display: none }`;
    new MutationObserver(() => this.update()).observe(this, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    this.#details.append(this.#summary, slot());
    this.#details.addEventListener('toggle', (event) => this.send(event, { open: this.#details.open }));
    this.root.append(styleOf(css), this.#details);
  }

  protected update(): void {
    this.#summary.textContent = this.querySelector(':scope > s-summary')?.textContent ?? '';
    if (this.prop('open') !== null && this.prop('open') !== undefined) this.#details.open = this.isOn('open');
  }
}

/** `s-summary`: its `s-details` draws it. */
export class Summary extends HostElement {
  protected build(): void {
    this.root.append(slot());
  }

  protected update(): void {
    // Its text is its children.
  }
}

/** `s-modal`: opened by a button's command, closed by one, by its cross or by Escape. */
export class Modal extends HostElement {
  readonly #dialog = document.createElement('dialog');
  readonly #heading = document.createElement('h2');

  protected build(): void {
    const css = `dialog { border: 0; border-radius: 14px; padding: 20px; inline-size: min(32rem, calc(100vw - 48px)); box-shadow: 0 18px 60px #0004; color: inherit }
dialog::backdrop { background: #0006 } header { display: flex; gap: 12px; align-items: center; margin-bottom: 12px } h2 { flex: 1; margin: 0; font-size: 17px }
header button { border: 0; background: none; font: inherit; min-inline-size: 32px; min-block-size: 32px; cursor: pointer; border-radius: 8px }
footer { display: flex; gap: 8px; justify-content: flex-end; margin-top: 18px; flex-wrap: wrap }`;
    const header = document.createElement('header');
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = '✕';
    close.setAttribute('aria-label', '✕');
    close.addEventListener('click', () => this.hideOverlay());
    header.append(this.#heading, close);
    const footer = document.createElement('footer');
    footer.append(slot('secondary-actions'), slot('primary-action'));
    this.#dialog.append(header, slot(), footer);
    this.#dialog.addEventListener('close', () => {
      // The frame is as high as its page, not as high as a dialog over it.
      document.body.style.minHeight = '';
      this.dispatchEvent(new CustomEvent('hide'));
      this.dispatchEvent(new CustomEvent('afterhide'));
    });
    this.root.append(styleOf(css), this.#dialog);
  }

  protected update(): void {
    this.#heading.textContent = this.text('heading');
    this.#dialog.setAttribute('aria-label', this.text('accessibilityLabel') || this.text('heading'));
  }

  runCommand(command: string): void {
    const isOpen = this.#dialog.open;
    if (command === '--hide' || (isOpen && (command === '--toggle' || command === '--auto')))
      this.hideOverlay();
    else if (!isOpen) this.showOverlay();
  }

  showOverlay(): void {
    document.body.style.minHeight = '380px';
    this.#dialog.showModal();
    this.dispatchEvent(new CustomEvent('show'));
    this.dispatchEvent(new CustomEvent('aftershow'));
  }

  hideOverlay(): void {
    this.#dialog.close();
  }
}

/** `s-clipboard-item`: what a button with the command `--copy` copies. */
export class ClipboardItem extends HostElement {
  protected build(): void {
    this.hidden = true;
  }

  protected update(): void {
    // Nothing to draw.
  }

  runCommand(): void {
    void navigator.clipboard.writeText(this.text('text')).then(
      () => this.dispatchEvent(new CustomEvent('copy')),
      () => this.dispatchEvent(new CustomEvent('copyerror')),
    );
  }
}

/** `s-form`: Enter in a field of it, or its button, submits. */
export class Form extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: block }'), slot());
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.dispatchEvent(new CustomEvent('submit'));
    });
    this.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLElement && Reflect.get(target, 'type') === 'submit')
        this.dispatchEvent(new CustomEvent('submit'));
    });
  }

  protected update(): void {
    // Nothing to draw.
  }
}

/** `s-product-thumbnail`: a small picture of a product. */
export class ProductThumbnail extends HostElement {
  readonly #picture = document.createElement('img');

  protected build(): void {
    this.root.append(
      styleOf(
        ':host { display: block; inline-size: 44px } img { display: block; inline-size: 44px; block-size: 44px; object-fit: cover; border-radius: 8px; background: #eceeed }',
      ),
      this.#picture,
    );
  }

  protected update(): void {
    this.#picture.alt = this.text('alt');
    this.#picture.loading = 'lazy';
    this.#picture.hidden = this.text('src') === '';
    if (this.#picture.getAttribute('src') !== this.text('src')) this.#picture.src = this.text('src');
  }
}
