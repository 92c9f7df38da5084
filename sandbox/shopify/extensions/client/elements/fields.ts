import { HostElement, styleOf } from './host-element.ts';

const FIELD_CSS = `:host { display: block } :host([hidden]) { display: none }
.box { position: relative } label { position: absolute; inset-inline-start: 13px; top: 7px; font-size: 12px; color: #5b6168 }
input, textarea, select { font: inherit; width: 100%; box-sizing: border-box; padding: 23px 12px 7px; border: 1px solid #cfd5d2; border-radius: 9px; background: #fff; color: inherit }
textarea { min-height: 96px; resize: vertical }
.box.bare label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) } .box.bare :is(input, textarea, select) { padding: 10px 12px }
:is(input, textarea, select):focus { outline: 2px solid #175e4c; outline-offset: -1px; border-color: transparent }
[aria-invalid="true"] { border-color: #b3261e !important } :is(input, textarea, select):disabled { background: #f3f5f4; color: #6a7175 }
p { margin: 5px 2px 0; font-size: 13px } p.error { color: #b3261e } p.details { color: #5b6168 }`;

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field with a label, a hint and an error; fires `input` and `change` with the `value` that it has then. */
abstract class Field<T extends Control> extends HostElement {
  readonly #label = document.createElement('label');
  readonly #details = document.createElement('p');
  readonly #error = document.createElement('p');
  readonly #box = document.createElement('div');
  protected readonly control: T = this.make();

  protected abstract make(): T;

  protected build(): void {
    this.#box.className = 'box';
    this.control.id = 'field';
    this.#label.htmlFor = 'field';
    this.#error.id = 'error';
    this.#error.className = 'error';
    this.#error.setAttribute('role', 'alert');
    this.#details.id = 'details';
    this.#details.className = 'details';
    this.control.setAttribute('aria-describedby', 'error details');
    for (const name of ['input', 'change']) {
      this.control.addEventListener(name, (event) => {
        Reflect.set(this, 'value', this.control.value);
        this.send(event, { value: this.control.value });
      });
    }
    for (const name of ['focus', 'blur']) this.control.addEventListener(name, (event) => this.send(event));
    this.#box.append(this.control, this.#label);
    this.root.append(styleOf(FIELD_CSS), this.#box, this.#details, this.#error);
  }

  protected update(): void {
    this.#label.textContent = this.text('label');
    this.#box.classList.toggle('bare', this.text('labelAccessibilityVisibility') === 'exclusive');
    if (this.control.value !== this.text('value')) this.control.value = this.text('value');
    this.control.disabled = this.isOn('disabled');
    this.control.required = this.isOn('required');
    this.control.setAttribute('aria-invalid', String(this.text('error') !== ''));
    this.#details.textContent = this.text('details');
    this.#details.hidden = this.text('details') === '';
    this.#error.textContent = this.text('error');
    this.#error.hidden = this.text('error') === '';
  }
}

class InputField extends Field<HTMLInputElement> {
  protected make(): HTMLInputElement {
    const input = document.createElement('input');
    input.autocomplete = 'off';
    // Enter commits, as a change of the field does at Shopify.
    input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    return input;
  }

  protected override update(): void {
    super.update();
    this.control.readOnly = this.isOn('readOnly');
    this.control.placeholder = this.text('placeholder');
  }
}

/** `s-text-field`. */
export class TextField extends InputField {}

/** `s-number-field`: its value is the text in the field. */
export class NumberField extends InputField {
  protected override update(): void {
    super.update();
    this.control.inputMode = this.text('inputMode') || 'numeric';
  }
}

/** `s-date-field`: its value is a day, as in 2026-11-30. */
export class DateField extends InputField {
  protected override make(): HTMLInputElement {
    const input = super.make();
    input.type = 'date';
    return input;
  }
}

/** `s-text-area`. */
export class TextArea extends Field<HTMLTextAreaElement> {
  protected make(): HTMLTextAreaElement {
    return document.createElement('textarea');
  }

  protected override update(): void {
    super.update();
    const rows = Number(this.prop('rows') ?? 0);
    if (rows > 0) this.control.rows = rows;
    this.control.readOnly = this.isOn('readOnly');
    this.control.placeholder = this.text('placeholder');
  }
}

/** `s-select`: its options are `s-option` elements. */
export class Select extends Field<HTMLSelectElement> {
  protected make(): HTMLSelectElement {
    const select = document.createElement('select');
    const observer = new MutationObserver(() => this.update());
    observer.observe(this, { childList: true, subtree: true, characterData: true });
    return select;
  }

  protected override update(): void {
    const options = [...this.querySelectorAll('s-option')].map((element) => {
      const value: unknown = Reflect.get(element, 'value');
      return new Option(element.textContent.trim(), typeof value === 'string' ? value : '');
    });
    this.control.replaceChildren(...options);
    super.update();
  }
}

/** `s-option`, `s-choice` and the like: their parent draws them. */
export class Choice extends HostElement {
  protected build(): void {
    this.hidden = true;
  }

  protected update(): void {
    this.parentElement?.dispatchEvent(new Event('choices'));
  }
}
