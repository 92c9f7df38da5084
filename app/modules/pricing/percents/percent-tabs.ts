/** The tabs of the list of percents. Browser and server. */
export const PERCENT_TABS = ['all', 'ending', 'ended'] as const;
export type PercentTab = (typeof PERCENT_TABS)[number];

/** This many days before a percent ends it is said. */
export const ENDING_DAYS = 14;
