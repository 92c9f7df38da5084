import { describeButton, isSet } from './bars.ts';
import type { Channel } from './channel.ts';
import type { SaveBarView } from './protocol.ts';

/** What the frame's save bar belongs to: an element of the app, or a form with `data-save-bar`. */
interface SaveBarOwner {
  view(): SaveBarView;
  save(): void;
  discard(): void;
}

let shown: SaveBarOwner | null = null;
let channelToFrame: Channel | null = null;

const HIDDEN: SaveBarView = {
  isShown: false,
  canSave: false,
  canDiscard: false,
  isSaving: false,
  asksBeforeDiscard: false,
};

function tell(): void {
  channelToFrame?.tell({ type: 'save_bar', view: shown?.view() ?? HIDDEN });
}

function setShown(owner: SaveBarOwner | null): void {
  shown = owner;
  tell();
}

/** `ui-save-bar`: the app shows and hides it; the frame draws it over its top bar. */
class SaveBarElement extends HTMLElement implements SaveBarOwner {
  readonly #observer = new MutationObserver(() => {
    if (this.showing) tell();
  });

  get showing(): boolean {
    return shown === this;
  }

  get discardConfirmation(): boolean {
    return isSet(this, 'discardconfirmation');
  }

  connectedCallback(): void {
    this.#observer.observe(this, { attributes: true, characterData: true, childList: true, subtree: true });
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
    void this.hide();
  }

  async show(): Promise<void> {
    if (this.showing) return;
    setShown(this);
    this.dispatchEvent(new Event('show'));
  }

  async hide(): Promise<void> {
    if (!this.showing) return;
    setShown(null);
    this.dispatchEvent(new Event('hide'));
  }

  toggle(): Promise<void> {
    return this.showing ? this.hide() : this.show();
  }

  view(): SaveBarView {
    const save = this.#button(true);
    const discard = this.#button(false);
    const described = save ? describeButton(save) : null;
    return {
      isShown: true,
      canSave: described !== null && !described.isDisabled,
      canDiscard: discard !== null && !describeButton(discard).isDisabled,
      isSaving: described?.isLoading ?? false,
      asksBeforeDiscard: this.discardConfirmation,
    };
  }

  save(): void {
    this.#button(true)?.click();
  }

  discard(): void {
    this.#button(false)?.click();
  }

  #button(isPrimary: boolean): HTMLButtonElement | null {
    return this.querySelector(isPrimary ? 'button[variant="primary"]' : 'button:not([variant="primary"])');
  }
}

/** A form with `data-save-bar` has its save bar without any element: a change shows it, submit and reset hide it. */
function ownForms(): void {
  const owners = new WeakMap<HTMLFormElement, SaveBarOwner>();
  const formOf = (event: Event) =>
    event.target instanceof Element ? event.target.closest<HTMLFormElement>('form[data-save-bar]') : null;
  const onChange = (event: Event) => {
    const form = formOf(event);
    if (!form) return;
    const owner = owners.get(form) ?? ownerOf(form);
    owners.set(form, owner);
    setShown(owner);
  };
  const onDone = (event: Event) => {
    const form = formOf(event);
    if (form && shown === owners.get(form)) setShown(null);
  };
  addEventListener('input', onChange, true);
  addEventListener('change', onChange, true);
  addEventListener('submit', onDone, true);
  addEventListener('reset', onDone, true);
}

function ownerOf(form: HTMLFormElement): SaveBarOwner {
  return {
    view: () => ({
      isShown: true,
      canSave: true,
      canDiscard: true,
      isSaving: false,
      asksBeforeDiscard: form.hasAttribute('data-discard-confirmation'),
    }),
    save: () => form.requestSubmit(),
    discard: () => form.reset(),
  };
}

/** Defines `ui-save-bar`, follows forms with `data-save-bar`, and builds `shopify.saveBar`. */
export function defineSaveBar(channel: Channel) {
  channelToFrame = channel;
  customElements.define('ui-save-bar', SaveBarElement);
  ownForms();
  channel.listen((message) => {
    if (message.type !== 'save_bar_pressed') return;
    if (message.button === 'save') shown?.save();
    else shown?.discard();
  });
  const byId = (id: string): SaveBarElement => {
    const element = document.getElementById(id);
    if (!(element instanceof SaveBarElement)) throw new Error(`there is no ui-save-bar with the id ${id}`);
    return element;
  };
  return {
    show: async (id: string) => byId(id).show(),
    hide: async (id: string) => byId(id).hide(),
    toggle: async (id: string) => byId(id).toggle(),
    leaveConfirmation: async () => {
      if (shown) await channel.leaveConfirmation();
    },
  };
}
