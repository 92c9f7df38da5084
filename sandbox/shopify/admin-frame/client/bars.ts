import type { Channel } from './channel.ts';
import type { BarButton, NavItem } from './protocol.ts';

/** Buttons that the frame shows, by the id sent to it. */
const buttons = new Map<string, HTMLElement>();
const ids = new WeakMap<HTMLElement, string>();

/** Clicks the app's own button with an id that was sent to the frame. */
export function pressButton(id: string): void {
  buttons.get(id)?.click();
}

/** Describes a button or link of the app for the frame. */
export function describeButton(element: HTMLElement): BarButton {
  const id = ids.get(element) ?? crypto.randomUUID();
  ids.set(element, id);
  buttons.set(id, element);
  const variant = element.getAttribute('variant');
  return {
    id,
    label: element.textContent?.trim() ?? '',
    variant: variant === 'primary' || variant === 'breadcrumb' ? variant : 'plain',
    isCritical: element.getAttribute('tone') === 'critical',
    isDisabled: isSet(element, 'disabled'),
    isLoading: isSet(element, 'loading'),
  };
}

/** Returns whether a boolean attribute is on; React writes `loading=""`, `"true"` or `"false"`. */
export function isSet(element: Element, name: string): boolean {
  const value = element.getAttribute(name);
  return value !== null && value !== 'false';
}

/** Base of the elements that the app renders and the frame draws: updates the frame after each change. */
abstract class DescribedElement extends HTMLElement {
  static channel: Channel;
  readonly #observer = new MutationObserver(() => this.tell());

  connectedCallback(): void {
    this.#observer.observe(this, { attributes: true, characterData: true, childList: true, subtree: true });
    // The children of an element that the parser has just opened don't exist yet.
    queueMicrotask(() => this.tell());
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
    this.tellGone();
  }

  /** Sends the element's current state to the frame. */
  abstract tell(): void;
  /** Notifies the frame that the element has left the page. */
  abstract tellGone(): void;
}

/** `ui-nav-menu` and `s-app-nav`: the app's menu. */
class NavMenu extends DescribedElement {
  tell(): void {
    const links = [...this.querySelectorAll('a, s-link')];
    const items: NavItem[] = links.map((link) => ({
      label: link.textContent?.trim() ?? '',
      href: link.getAttribute('href') ?? '',
      isHome: link.getAttribute('rel') === 'home',
    }));
    DescribedElement.channel.tell({ type: 'nav', items });
  }

  // The menu survives a change of page: the next page brings its own.
  tellGone(): void {}
}

/** `ui-title-bar` outside a modal: title and buttons above the app. */
class TitleBar extends DescribedElement {
  tell(): void {
    if (this.closest('ui-modal') || !this.isConnected) return;
    const all = [...this.querySelectorAll<HTMLElement>('button, a')];
    DescribedElement.channel.tell({
      type: 'title',
      title: this.getAttribute('title') ?? '',
      buttons: all.map(describeButton),
    });
  }

  tellGone(): void {
    DescribedElement.channel.tell({ type: 'title', title: '', buttons: [] });
  }
}

/** Defines the elements that are drawn above and beside the app. */
export function defineBars(channel: Channel): void {
  DescribedElement.channel = channel;
  customElements.define('ui-nav-menu', NavMenu);
  customElements.define('s-app-nav', class extends NavMenu {});
  customElements.define('ui-title-bar', TitleBar);
  channel.listen((message) => {
    if (message.type === 'pressed') pressButton(message.id);
  });
}
