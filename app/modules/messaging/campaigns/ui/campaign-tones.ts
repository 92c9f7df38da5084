/** How each state looks. */
export const STATE_TONES = {
  draft: {},
  running: { tone: 'info' },
  paused: { tone: 'warning' },
  canceled: {},
  finished: { tone: 'success' },
} as const;
