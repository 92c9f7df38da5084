/** The value of a component's property: text, a number, a switch, or not set. */
export type PropValue = string | number | boolean | null | undefined;

/**
 * Base of the sandbox's `s-*` components. Each property is an accessor on the element and may be written as an attribute;
 * a change draws the shadow tree again.
 */
export abstract class HostElement extends HTMLElement {
  readonly #values = new Map<string, PropValue>();
  protected readonly root = this.attachShadow({ mode: 'open' });
  #isDrawn = false;

  connectedCallback(): void {
    if (!this.#isDrawn) this.build();
    this.#isDrawn = true;
    this.update();
  }

  /** A property, or the attribute of the same name. */
  protected prop(name: string): PropValue {
    return this.#values.has(name) ? this.#values.get(name) : this.getAttribute(name);
  }

  /** A property as text; empty when it is not set. */
  protected text(name: string): string {
    const value = this.prop(name);
    return value === null || value === undefined || value === false ? '' : String(value);
  }

  /** A property that is a list of texts. */
  protected list(name: string): string[] {
    const value: unknown = this.#values.get(name);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** A property as a switch; an attribute without a value is on. */
  protected isOn(name: string): boolean {
    const value = this.prop(name);
    return value === '' || value === true || value === 'true';
  }

  /** Makes the shadow tree, once. */
  protected abstract build(): void;
  /** Brings the shadow tree up to the properties. */
  protected abstract update(): void;

  /** Tells the extension of an event inside this element: an event of the element, with the properties it has now. */
  protected send(inner: Event, properties?: Record<string, PropValue | string[]>): void {
    inner.stopPropagation();
    this.dispatchEvent(new CustomEvent(inner.type, { detail: properties }));
  }

  /** Defines a component: accessors for its properties, then the element. */
  static define(tag: string, component: CustomElementConstructor, properties: readonly string[]): void {
    for (const name of properties) {
      Object.defineProperty(component.prototype, name, {
        configurable: true,
        get(this: HostElement): PropValue {
          return this.prop(name);
        },
        set(this: HostElement, value: PropValue) {
          this.#values.set(name, value);
          if (this.#isDrawn) this.update();
        },
      });
    }
    customElements.define(tag, component);
  }
}

/** A shadow tree's own style. */
export function styleOf(css: string): HTMLStyleElement {
  const style = document.createElement('style');
  style.textContent = css;
  return style;
}
