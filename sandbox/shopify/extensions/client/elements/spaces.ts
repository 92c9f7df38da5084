/** Spacing words of Shopify's components in pixels. */
const SPACES: Record<string, string> = {
  none: '0',
  'small-500': '2px',
  'small-400': '4px',
  'small-300': '6px',
  'small-200': '8px',
  'small-100': '10px',
  small: '11px',
  base: '14px',
  large: '18px',
  'large-100': '21px',
  'large-200': '26px',
  'large-300': '32px',
  'large-400': '38px',
  'large-500': '44px',
};

/** Returns the pixels of a spacing word; 0 for none. */
export const spaceOf = (word: string): string => SPACES[word] ?? '0';
