import { runCommand } from './commands.ts';
import { HostElement, styleOf } from './host-element.ts';
import { openAddress } from './open-address.ts';

const BUTTON_CSS = `:host { display: inline-block; align-self: flex-start } :host([hidden]) { display: none }
button { font: inherit; font-weight: 550; border-radius: 9px; cursor: pointer; min-height: 42px; padding: 8px 18px; width: 100%;
border: 1px solid #cfd5d2; background: #fff; color: inherit; transition: background .12s, border-color .12s }
button:hover:not(:disabled) { background: #f6f8f7; border-color: #b5bdb9 }
button:focus-visible { outline: 2px solid #175e4c; outline-offset: 2px }
button:disabled { opacity: .55; cursor: default }
button.primary { background: #175e4c; border-color: #175e4c; color: #fff }
button.primary:hover:not(:disabled) { background: #124c3d }
button.critical { color: #b3261e }
button.primary.critical { background: #b3261e; border-color: #b3261e; color: #fff }
button.primary.critical:hover:not(:disabled) { background: #8c1d17 }
button.busy, button.primary.critical.busy { color: transparent; position: relative }
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
    this.button.addEventListener('click', (event) => {
      this.send(event);
      if (this.text('href')) openAddress(this.text('href'), this.text('target'));
      else runCommand(this);
    });
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
