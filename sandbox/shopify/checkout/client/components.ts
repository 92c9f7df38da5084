/** A component of the checkout: its properties by their documented names, and the events it sends. */
export interface ComponentSpec {
  properties: readonly string[];
  events?: readonly string[];
}

const BUTTON_PROPERTIES = ['disabled', 'loading', 'accessibilityLabel', 'inlineSize'];

/**
 * The components that our extensions use. In the worker they are names that go over the wire, in the document they are
 * drawn (`elements/`); what isn't here doesn't exist in this checkout.
 */
export const COMPONENTS = {
  's-banner': { properties: ['heading', 'tone', 'collapsible', 'dismissible'] },
  's-button': { properties: [...BUTTON_PROPERTIES, 'variant', 'tone', 'type'], events: ['click'] },
  's-clickable-chip': {
    properties: ['disabled', 'accessibilityLabel', 'href', 'removable'],
    events: ['click'],
  },
  's-image': { properties: ['src', 'alt', 'aspectRatio', 'objectFit', 'loading', 'inlineSize'] },
  's-number-field': {
    properties: [
      ...['label', 'name', 'value', 'error', 'disabled', 'required', 'readOnly', 'min', 'max', 'step'],
      ...['inputMode', 'controls', 'prefix', 'suffix', 'placeholder'],
    ],
    events: ['input', 'change'],
  },
  's-press-button': { properties: [...BUTTON_PROPERTIES, 'pressed'], events: ['click'] },
  's-section': { properties: ['heading', 'accessibilityLabel', 'padding'] },
  's-skeleton-paragraph': { properties: ['content'] },
  's-spinner': { properties: ['size', 'accessibilityLabel'] },
  's-stack': {
    properties: [
      ...['direction', 'gap', 'alignItems', 'justifyContent'],
      ...['accessibilityRole', 'accessibilityLabel'],
    ],
  },
  's-text': {
    properties: ['color', 'tone', 'type', 'display', 'dir', 'lang', 'accessibilityVisibility'],
  },
} as const satisfies Record<string, ComponentSpec>;

export type ComponentTag = keyof typeof COMPONENTS;

/** Attributes that any component takes. */
export const COMMON_ATTRIBUTES: readonly string[] = ['id', 'slot'];

/** The components as a list, for those who treat all of them alike. */
export const COMPONENT_LIST: readonly (readonly [string, ComponentSpec])[] = Object.entries(COMPONENTS);
