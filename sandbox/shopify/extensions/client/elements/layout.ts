import { HostElement, styleOf } from './host-element.ts';
import { spaceOf } from './spaces.ts';

/** `s-section`: a heading and what belongs to it. */
export class Section extends HostElement {
  readonly #heading = document.createElement('h2');

  protected build(): void {
    const style = styleOf(
      ':host { display: block } h2 { font-size: 17px; line-height: 1.3; margin: 0 0 12px; font-weight: 600; letter-spacing: -.005em }',
    );
    this.root.append(style, this.#heading, document.createElement('slot'));
  }

  protected update(): void {
    this.#heading.textContent = this.text('heading');
    this.#heading.hidden = this.text('heading') === '';
  }
}

/** `s-stack`: children below or beside each other. */
export class Stack extends HostElement {
  protected build(): void {
    this.root.append(
      styleOf(':host { display: flex } :host([hidden]) { display: none }'),
      document.createElement('slot'),
    );
  }

  protected update(): void {
    const isInline = this.text('direction') === 'inline';
    this.style.flexDirection = isInline ? 'row' : 'column';
    this.style.flexWrap = isInline ? 'wrap' : 'nowrap';
    this.style.gap = spaceOf(this.text('gap'));
    this.style.alignItems = this.text('alignItems') || (isInline ? 'center' : 'stretch');
    this.style.justifyContent = this.text('justifyContent');
    const role = this.text('accessibilityRole');
    if (role) this.setAttribute('role', role);
    else if (this.text('accessibilityLabel')) this.setAttribute('role', 'group');
    if (this.text('accessibilityLabel')) this.setAttribute('aria-label', this.text('accessibilityLabel'));
  }
}

const TONES: Record<string, string> = {
  success: '#12694a',
  critical: '#b3261e',
  warning: '#8a5300',
  info: '#1f5199',
  neutral: '#5b6168',
};

/** `s-text`: inline text with colour and kind. */
export class Text extends HostElement {
  protected build(): void {
    this.root.append(styleOf(':host { display: inline }'), document.createElement('slot'));
  }

  protected update(): void {
    const isSubdued = this.text('color') === 'subdued';
    this.style.color = TONES[this.text('tone')] ?? (isSubdued ? '#5b6168' : '');
    this.style.fontSize = this.text('type') === 'small' ? '13px' : '';
    this.style.fontWeight = this.text('type') === 'strong' ? '600' : '';
  }
}

/** `s-skeleton-paragraph`: a placeholder while text loads. */
export class SkeletonParagraph extends HostElement {
  protected build(): void {
    const css = `:host { display: block; height: 14px; border-radius: 6px; background: #eceeed; animation: pulse 1.4s ease-in-out infinite alternate }
:host(:nth-of-type(2n)) { width: 62% } @keyframes pulse { to { opacity: .5 } }
@media (prefers-reduced-motion: reduce) { :host { animation: none } }`;
    this.root.append(styleOf(css));
  }

  protected update(): void {
    this.setAttribute('aria-hidden', 'true');
  }
}

/** `s-spinner`: something is in progress. */
export class Spinner extends HostElement {
  protected build(): void {
    const css = `:host { display: inline-block; width: 16px; height: 16px; border-radius: 50%; border: 2px solid #d5dad8;
border-top-color: #175e4c; animation: turn .8s linear infinite } @keyframes turn { to { transform: rotate(1turn) } }
@media (prefers-reduced-motion: reduce) { :host { animation-duration: 4s } }`;
    this.root.append(styleOf(css));
  }

  protected update(): void {
    this.setAttribute('role', 'img');
    this.setAttribute('aria-label', this.text('accessibilityLabel'));
  }
}

/** `s-banner`: a message with a tone. */
export class Banner extends HostElement {
  readonly #heading = document.createElement('strong');
  readonly #box = document.createElement('div');

  protected build(): void {
    const css = `:host { display: block } :host([hidden]) { display: none }
div { border: 1px solid var(--line); background: var(--ground); color: var(--ink); border-radius: 10px; padding: 11px 14px }
strong { display: block; font-weight: 600; margin-bottom: 2px }
.auto, .info { --ground: #eff5fc; --line: #c9dcf3; --ink: #173f78 }
.success { --ground: #eaf6f0; --line: #bfe0d0; --ink: #0d5239 }
.warning { --ground: #fff6e5; --line: #f0d9a8; --ink: #6b4200 }
.critical { --ground: #fdefee; --line: #f3c6c2; --ink: #8c1d17 }`;
    this.#box.append(this.#heading, document.createElement('slot'));
    this.root.append(styleOf(css), this.#box);
  }

  protected update(): void {
    const tone = this.text('tone') || 'auto';
    this.#box.className = tone;
    this.#box.setAttribute('role', tone === 'critical' || tone === 'warning' ? 'alert' : 'status');
    this.#heading.textContent = this.text('heading');
    this.#heading.hidden = this.text('heading') === '';
  }
}

/** `s-image`: a picture in a box of a shape. */
export class Image extends HostElement {
  readonly #picture = document.createElement('img');

  protected build(): void {
    this.root.append(styleOf(':host { display: block } img { display: block; width: 100% }'), this.#picture);
  }

  protected update(): void {
    this.#picture.alt = this.text('alt');
    this.#picture.loading = this.text('loading') === 'lazy' ? 'lazy' : 'eager';
    this.#picture.style.aspectRatio = this.text('aspectRatio');
    this.#picture.style.objectFit = this.text('objectFit') || 'contain';
    if (this.#picture.getAttribute('src') !== this.text('src')) this.#picture.src = this.text('src');
  }
}
