import { COMPONENT_LIST, type ComponentTag } from '../components.ts';
import { Button, ClickableChip, NumberField, PressButton } from './controls.ts';
import { HostElement } from './host-element.ts';
import { Banner, Image, Section, SkeletonParagraph, Spinner, Stack, Text } from './layout.ts';

/** How each component is drawn. */
const DRAWN: Record<ComponentTag, CustomElementConstructor> = {
  's-banner': Banner,
  's-button': Button,
  's-clickable-chip': ClickableChip,
  's-image': Image,
  's-number-field': NumberField,
  's-press-button': PressButton,
  's-section': Section,
  's-skeleton-paragraph': SkeletonParagraph,
  's-spinner': Spinner,
  's-stack': Stack,
  's-text': Text,
};

/** Defines the components in this document. */
export function defineElements(): void {
  const drawn = new Map<string, CustomElementConstructor>(Object.entries(DRAWN));
  for (const [tag, { properties }] of COMPONENT_LIST) {
    const component = drawn.get(tag);
    if (component) HostElement.define(tag, component, properties);
  }
}
