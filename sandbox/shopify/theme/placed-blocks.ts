/** Which of the app's blocks the merchant has placed in the theme, as the theme editor keeps it. */
import type { ShopState, ThemeState } from '../../state.ts';

/** Every block of the extension: where it may stand. The files' own schemas say the same; a test compares them. */
export const BLOCKS = {
  'cart-redeem': 'cart',
  'product-points': 'product',
  'members-only': 'product',
  'club-page': 'page',
  'reseller-form': 'page',
  banner: 'index',
  launcher: 'body',
  'cart-drawer': 'body',
} as const;

export type BlockHandle = keyof typeof BLOCKS;

export const THEMES = ['dasar', 'ruang'] as const;
export type ThemeName = (typeof THEMES)[number];

/** The theme as a new shop has it: nothing of ours is placed. */
const FRESH: ThemeState = { name: 'dasar', blocks: [], hasActions: true, hasEvents: true };

/** The shop's theme; changes are written to what is returned. */
export function themeOf(state: ShopState): ThemeState {
  return (state.theme ??= structuredClone(FRESH));
}

/** Whether a text is the handle of a block. */
export function isBlock(value: string): value is BlockHandle {
  return Object.hasOwn(BLOCKS, value);
}

/** Places exactly these blocks. */
export function placeBlocks(state: ShopState, handles: readonly string[]): void {
  themeOf(state).blocks = handles.filter(isBlock);
}
