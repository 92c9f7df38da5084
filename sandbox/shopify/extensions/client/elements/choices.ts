import { HostElement, styleOf } from './host-element.ts';

const CHOICE_CSS = `:host { display: block } :host([hidden]) { display: none }
fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 8px } legend { padding: 0; font-weight: 550; margin-bottom: 4px }
label { display: flex; gap: 10px; align-items: flex-start; min-height: 24px; cursor: pointer }
input { inline-size: 18px; block-size: 18px; margin: 2px 0 0; accent-color: #175e4c; flex: none }
input:focus-visible { outline: 2px solid #175e4c; outline-offset: 2px } input:disabled + span { color: #6a7175 }
p { margin: 4px 2px 0; font-size: 13px; color: #b3261e } small { display: block; color: #5b6168 }`;

/** `s-checkbox`, `s-consent-checkbox` and `s-switch`: fires `change` with `checked`. */
export class Checkbox extends HostElement {
  readonly #input = document.createElement('input');
  readonly #text = document.createElement('span');
  readonly #error = document.createElement('p');

  protected build(): void {
    this.#input.type = 'checkbox';
    this.#error.setAttribute('role', 'alert');
    const label = document.createElement('label');
    label.append(this.#input, this.#text);
    this.#input.addEventListener('change', (event) => {
      Reflect.set(this, 'checked', this.#input.checked);
      this.send(event, { checked: this.#input.checked });
    });
    this.root.append(styleOf(CHOICE_CSS), label, this.#error);
  }

  protected update(): void {
    const details = document.createElement('small');
    details.textContent = this.text('details');
    this.#text.replaceChildren(this.text('label'), ...(this.text('details') ? [details] : []));
    this.#input.checked =
      this.isOn('checked') || (this.prop('checked') === null && this.isOn('defaultChecked'));
    this.#input.disabled = this.isOn('disabled');
    this.#error.textContent = this.text('error');
    this.#error.hidden = this.text('error') === '';
  }
}

/** `s-switch`. */
export class Switch extends Checkbox {}
/** `s-consent-checkbox`. */
export class ConsentCheckbox extends Checkbox {}

let names = 0;

/** `s-choice-list`: its choices are `s-choice` elements; fires `change` with `values`. */
export class ChoiceList extends HostElement {
  readonly #fieldset = document.createElement('fieldset');
  readonly #name = `choices-${(names += 1)}`;

  protected build(): void {
    new MutationObserver(() => this.update()).observe(this, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    this.addEventListener('choices', (event) => {
      event.stopPropagation();
      this.update();
    });
    this.root.append(styleOf(CHOICE_CSS), this.#fieldset);
  }

  protected update(): void {
    const legend = document.createElement('legend');
    legend.textContent = this.text('label');
    const choices = [...this.querySelectorAll<HTMLElement>('s-choice')].map((choice) => this.#draw(choice));
    this.#fieldset.disabled = this.isOn('disabled');
    this.#fieldset.replaceChildren(legend, ...choices);
  }

  #draw(choice: HTMLElement): HTMLLabelElement {
    const value = String(Reflect.get(choice, 'value') ?? '');
    const input = document.createElement('input');
    input.type = this.isOn('multiple') ? 'checkbox' : 'radio';
    input.name = this.#name;
    input.value = value;
    input.checked = this.list('values').includes(value);
    input.disabled = Reflect.get(choice, 'disabled') === true;
    input.addEventListener('change', (event) => {
      const chosen = this.#fieldset.querySelectorAll<HTMLInputElement>('input:checked');
      const values = [...chosen].map((each) => each.value);
      Reflect.set(this, 'values', values);
      this.send(event, { values });
    });
    const text = document.createElement('span');
    text.textContent = choice.textContent;
    const label = document.createElement('label');
    label.append(input, text);
    return label;
  }
}
