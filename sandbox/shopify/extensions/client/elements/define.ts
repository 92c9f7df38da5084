import { componentsOf, propertiesOf } from '../components.ts';
import { AdminAction, AdminBlock } from './admin.ts';
import { Checkbox, ChoiceList, ConsentCheckbox, Switch } from './choices.ts';
import { Button, ClickableChip, PressButton } from './controls.ts';
import { Choice, DateField, NumberField, Select, TextArea, TextField } from './fields.ts';
import { HostElement } from './host-element.ts';
import { ClipboardItem, Details, Form, Link, Modal, ProductThumbnail, Summary } from './interactive.ts';
import { Banner, Image, Section, SkeletonParagraph, Spinner, Stack, Text } from './layout.ts';
import { PosBlock, ScrollBox, Tile } from './till.ts';
import {
  Badge,
  Box,
  Divider,
  Grid,
  GridItem,
  Heading,
  List,
  ListItem,
  Page,
  Paragraph,
  Progress,
  QueryContainer,
} from './structure.ts';

/** How each component is drawn, alike on all surfaces. What isn't here doesn't exist in this sandbox. */
const DRAWN: Readonly<Record<string, CustomElementConstructor>> = {
  's-admin-action': AdminAction,
  's-admin-block': AdminBlock,
  's-badge': Badge,
  's-banner': Banner,
  's-box': Box,
  's-button': Button,
  's-checkbox': Checkbox,
  's-choice': Choice,
  's-choice-list': ChoiceList,
  's-clickable-chip': ClickableChip,
  's-clipboard-item': ClipboardItem,
  's-consent-checkbox': ConsentCheckbox,
  's-date-field': DateField,
  's-details': Details,
  's-divider': Divider,
  's-form': Form,
  's-grid': Grid,
  's-grid-item': GridItem,
  's-heading': Heading,
  's-image': Image,
  's-link': Link,
  's-list-item': ListItem,
  's-modal': Modal,
  's-number-field': NumberField,
  's-option': class Option extends Choice {},
  's-page': Page,
  's-paragraph': Paragraph,
  's-pos-block': PosBlock,
  's-press-button': PressButton,
  's-product-thumbnail': ProductThumbnail,
  's-progress': Progress,
  's-query-container': QueryContainer,
  's-scroll-box': ScrollBox,
  's-section': Section,
  's-select': Select,
  's-skeleton-paragraph': SkeletonParagraph,
  's-spinner': Spinner,
  's-stack': Stack,
  's-summary': Summary,
  's-switch': Switch,
  's-text': Text,
  's-text-area': TextArea,
  's-text-field': TextField,
  's-tile': Tile,
  's-unordered-list': List,
};

/** The components that the sandbox draws. */
export const DRAWN_TAGS: ReadonlySet<string> = new Set(Object.keys(DRAWN));

/** Defines the components of a target in this document. */
export function defineElements(target: string): void {
  for (const [tag] of componentsOf(target)) {
    const component = DRAWN[tag];
    if (component) HostElement.define(tag, component, propertiesOf(tag));
  }
}
