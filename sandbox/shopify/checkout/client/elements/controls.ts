import { HostElement, styleOf } from './host-element.ts';

const BUTTON_CSS = `:host { display: inline-block; align-self: flex-start } :host([hidden]) { display: none }
button { font: inherit; font-weight: 550; border-radius: 9px; cursor: pointer; min-height: 42px; padding: 8px 18px; width: 100%;
border: 1px solid #cfd5d2; background: #fff; color: inherit; transition: background .12s, border-color .12s }
button:hover:not(:disabled) { background: #f6f8f7; border-color: #b5bdb9 }
button:focus-visible { outline: 2px solid #175e4c; outline-offset: 2px }
button:disabled { opacity: .55; cursor: default }
button.primary { background: #175e4c; border-color: #175e4c; color: #fff }
button.primary:hover:not(:disabled) { background: #124c3d }
button.critical { color: #b3261e }
button.busy { color: transparent; position: relative }
button.busy::after { content: ''; position: absolute; inset: 0; margin: auto; width: 16px; height: 16px; border-radius: 50%;
border: 2px solid #9aa8a2; border-top-color: transparent; animation: turn .8s linear infinite }
button.primary.busy::after { border-color: #fff; border-top-color: transparent }
@keyframes turn { to { transform: rotate(1turn) } }`;

/** `s-button`. */
export class Button extends HostElement {
  protected readonly button = document.createElement('button');

  protected build(): void {
    this.button.type = 'button';
    this.button.append(document.createElement('slot'));
    // A press on something inside the button is a press of the button itself.
    this.button.addEventListener('click', (event) => this.send(event));
    this.root.append(styleOf(this.css()), this.button);
  }

  protected update(): void {
    const isBusy = this.isOn('loading');
    this.button.disabled = this.isOn('disabled') || isBusy;
    this.button.setAttribute('aria-busy', String(isBusy));
    const classes = [this.text('variant'), this.text('tone'), isBusy ? 'busy' : ''];
    this.button.className = classes.filter(Boolean).join(' ');
    this.style.alignSelf = this.text('inlineSize') === 'fill' ? 'stretch' : '';
    if (this.text('accessibilityLabel'))
      this.button.setAttribute('aria-label', this.text('accessibilityLabel'));
  }

  protected css(): string {
    return BUTTON_CSS;
  }
}

/** `s-clickable-chip`: a small choice. */
export class ClickableChip extends Button {
  protected override css(): string {
    return `${BUTTON_CSS} button { min-height: 34px; padding: 4px 14px; border-radius: 99px; font-size: 14px; font-weight: 500 }`;
  }
}

/** `s-press-button`: a choice that stays pressed. */
export class PressButton extends Button {
  protected override update(): void {
    super.update();
    const isPressed = this.isOn('pressed');
    this.button.setAttribute('aria-pressed', String(isPressed));
    this.button.classList.toggle('pressed', isPressed);
  }

  protected override css(): string {
    return `${BUTTON_CSS} button { min-height: 36px; padding: 5px 14px } button.pressed { border-color: #175e4c; background: #eaf3f0; color: #124c3d }`;
  }
}

/** `s-number-field`. Fires `input` and `change` on the host; `value` is the text in the field. */
export class NumberField extends HostElement {
  readonly #label = document.createElement('label');
  readonly #input = document.createElement('input');
  readonly #error = document.createElement('p');

  protected build(): void {
    const css = `:host { display: block }
.box { position: relative } label { position: absolute; left: 13px; top: 7px; font-size: 12px; color: #5b6168 }
input { font: inherit; width: 100%; box-sizing: border-box; padding: 23px 12px 7px; border: 1px solid #cfd5d2; border-radius: 9px; background: #fff; color: inherit }
input:focus { outline: 2px solid #175e4c; outline-offset: -1px; border-color: transparent }
input[aria-invalid="true"] { border-color: #b3261e } input:disabled { background: #f3f5f4; color: #7a8185 }
p { margin: 5px 2px 0; font-size: 13px; color: #b3261e }`;
    const box = document.createElement('div');
    box.className = 'box';
    this.#input.id = 'field';
    this.#label.htmlFor = 'field';
    this.#error.id = 'error';
    this.#error.setAttribute('role', 'alert');
    this.#input.setAttribute('aria-describedby', 'error');
    this.#input.autocomplete = 'off';
    for (const name of ['input', 'change']) {
      this.#input.addEventListener(name, (event) => {
        Reflect.set(this, 'value', this.#input.value);
        this.send(event, this.#input.value);
      });
    }
    box.append(this.#input, this.#label);
    this.root.append(styleOf(css), box, this.#error);
  }

  protected update(): void {
    this.#label.textContent = this.text('label');
    if (this.#input.value !== this.text('value')) this.#input.value = this.text('value');
    this.#input.inputMode = this.text('inputMode') || 'numeric';
    this.#input.disabled = this.isOn('disabled');
    this.#input.readOnly = this.isOn('readOnly');
    this.#input.required = this.isOn('required');
    this.#input.placeholder = this.text('placeholder');
    this.#input.setAttribute('aria-invalid', String(this.text('error') !== ''));
    this.#error.textContent = this.text('error');
    this.#error.hidden = this.text('error') === '';
  }
}
