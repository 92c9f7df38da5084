/**
 * The only script that every block of the theme extension brings: it waits. A part's module is imported when the part comes
 * into view, or when its button is pressed; until then there is no request, and nothing to run. Embeds have it in their own
 * Liquid (snippets/club-embed.liquid), sections as an asset.
 */
interface PartModule {
  start: (part: HTMLElement) => void;
}

class Part extends HTMLElement {
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    const { when } = this.dataset;
    if (when === 'view') {
      this.#observer = new IntersectionObserver((seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) this.#begin();
      });
      this.#observer.observe(this);
    } else {
      onPress(this, '[data-open]', () => this.#begin());
      if (when === 'cart') watchCart(this);
    }
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
  }

  #begin(): void {
    this.#observer?.disconnect();
    const { module = '', sheet } = this.dataset;
    delete this.dataset.sheet;
    void Promise.all([import(module), sheet && styled(sheet)]).then(([{ start }]: [PartModule, unknown]) =>
      start(this),
    );
  }
}

/** Listens on the part: a page's second part is connected before what is in it was read. */
function onPress(part: HTMLElement, button: string, act: () => void): void {
  part.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest(button)) act();
  });
}

/** Waits for the style sheet of what an embed opens; one that fails keeps nothing from opening. */
function styled(href: string): Promise<unknown> {
  const link = document.createElement('link');
  const loading = new Promise((resolve) => {
    link.onload = link.onerror = resolve;
  });
  link.rel = 'stylesheet';
  link.href = href;
  document.head.append(link);
  return loading;
}

/** Shows the part once the cart is opened or changed, whatever the theme's drawer is made of. */
function watchCart(part: HTMLElement): void {
  const show = (): void => {
    if (part.dataset.hidden === undefined) part.hidden = false;
  };
  for (const event of ['view', 'lines-update', 'update'])
    document.addEventListener(`shopify:cart:${event}`, show);
  // Themes from before the events ask the cart's addresses.
  new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => /\/cart\/(add|change|update)\b/.test(name))) show();
  }).observe({ type: 'resource' });
  onPress(part, '[data-hide]', () => {
    part.hidden = true;
    part.dataset.hidden = '';
  });
}

if (!customElements.get('setia-part')) customElements.define('setia-part', Part);
