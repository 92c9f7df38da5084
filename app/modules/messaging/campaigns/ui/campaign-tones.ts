/** How each state looks. */
export const STATE_TONES = {
  draft: {},
  freezing: { tone: 'info' },
  ready: {},
  approval: { tone: 'attention' },
  scheduled: { tone: 'info' },
  running: { tone: 'info' },
  paused: { tone: 'warning' },
  canceled: {},
  finished: { tone: 'success' },
} as const;
