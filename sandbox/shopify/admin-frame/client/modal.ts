import type { Channel } from './channel.ts';

let channelToFrame: Channel | null = null;

const WIDTHS: Record<string, string> = { small: '380px', base: '620px', large: '980px', max: '100vw' };

const STYLE = `
.setia-modal { border: 0; border-radius: 12px; padding: 0; width: min(var(--modal-width), calc(100vw - 32px));
  max-height: calc(100vh - 48px); box-shadow: 0 20px 60px rgb(0 0 0 / .3); font: 14px/1.5 Inter, system-ui, sans-serif; }
.setia-modal::backdrop { background: rgb(0 0 0 / .5); }
.setia-modal > header, .setia-modal > footer { display: flex; gap: 8px; align-items: center; padding: 14px 16px; }
.setia-modal > header { background: #f3f3f3; justify-content: space-between; font-weight: 650; }
.setia-modal > footer { border-top: 1px solid #e3e3e3; justify-content: flex-end; }
.setia-modal > footer:empty { display: none; }
.setia-modal iframe { border: 0; width: 100%; height: 60vh; display: block; }
.setia-modal footer button { font: inherit; font-weight: 550; padding: 6px 12px; border-radius: 8px;
  border: 1px solid #ccc; background: #fff; cursor: pointer; }
.setia-modal footer button.primary { background: #303030; border-color: #303030; color: #fff; }
.setia-modal footer button.critical { background: #c70a24; border-color: #c70a24; color: #fff; }
.setia-modal header button { font: inherit; border: 0; background: none; cursor: pointer; padding: 4px 8px; border-radius: 6px; }`;

/** `ui-modal`: a dialog over the app; its title and buttons come from the `ui-title-bar` inside. */
class ModalElement extends HTMLElement {
  /** What the app draws into (app-bridge-react renders a portal here). */
  readonly content = document.createElement('div');
  readonly #dialog = document.createElement('dialog');

  constructor() {
    super();
    this.#dialog.className = 'setia-modal';
    this.#dialog.addEventListener('close', () => this.#closed());
  }

  disconnectedCallback(): void {
    void this.hide();
  }

  async show(): Promise<void> {
    if (this.#dialog.open) return;
    this.#fill();
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    channelToFrame?.tell({ type: 'backdrop', isShown: true });
    this.dispatchEvent(new Event('show'));
  }

  async hide(): Promise<void> {
    if (this.#dialog.open) this.#dialog.close();
  }

  toggle(): Promise<void> {
    return this.#dialog.open ? this.hide() : this.show();
  }

  #closed(): void {
    this.#dialog.remove();
    channelToFrame?.tell({ type: 'backdrop', isShown: false });
    this.dispatchEvent(new Event('hide'));
  }

  #fill(): void {
    const bar = this.querySelector('ui-title-bar');
    this.#dialog.style.setProperty(
      '--modal-width',
      WIDTHS[this.getAttribute('variant') ?? 'base'] ?? '620px',
    );
    const header = document.createElement('header');
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = '✕';
    close.setAttribute('aria-label', 'Close');
    close.addEventListener('click', () => void this.hide());
    header.append(bar?.getAttribute('title') ?? '', close);
    const footer = document.createElement('footer');
    footer.append(...[...(bar?.querySelectorAll('button') ?? [])].map(copyOfButton));
    this.#dialog.replaceChildren(header, this.#body(), footer);
  }

  /** Without a framework that draws into `content`, the element's own children are shown. */
  #content(): HTMLElement {
    const own = [...this.children].filter((child) => !child.matches('ui-title-bar, ui-save-bar'));
    if (this.content.childElementCount === 0)
      this.content.append(...own.map((child) => child.cloneNode(true)));
    return this.content;
  }

  #body(): HTMLElement {
    const source = this.getAttribute('src');
    if (!source) return this.#content();
    const frame = document.createElement('iframe');
    frame.src = source;
    return frame;
  }
}

function copyOfButton(original: HTMLButtonElement): HTMLButtonElement {
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.textContent = original.textContent;
  copy.disabled = original.disabled;
  const tone = original.getAttribute('tone') === 'critical' ? 'critical' : '';
  copy.className = tone || (original.getAttribute('variant') === 'primary' ? 'primary' : '');
  copy.addEventListener('click', () => original.click());
  return copy;
}

/** Defines `ui-modal` and builds `shopify.modal`. */
export function defineModal(channel: Channel) {
  channelToFrame = channel;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  // A style sheet of its own, not an element: the app's framework owns every node of the document.
  document.adoptedStyleSheets.push(sheet);
  customElements.define('ui-modal', ModalElement);
  const byId = (id: string): ModalElement => {
    const element = document.getElementById(id);
    if (!(element instanceof ModalElement)) throw new Error(`there is no ui-modal with the id ${id}`);
    return element;
  };
  return {
    show: async (id: string) => byId(id).show(),
    hide: async (id: string) => byId(id).hide(),
    toggle: async (id: string) => byId(id).toggle(),
  };
}
