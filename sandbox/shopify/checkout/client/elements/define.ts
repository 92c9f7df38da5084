import { Button, ClickableChip, NumberField, PressButton } from './controls.ts';
import { HostElement } from './host-element.ts';
import { Banner, Image, Section, SkeletonParagraph, Spinner, Stack, Text } from './layout.ts';

/** The components of the checkout that our extensions use; `strict.ts` reports any other. */
const COMPONENTS = {
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
  for (const [tag, component] of Object.entries(COMPONENTS)) HostElement.define(tag, component);
}
