/** By what a search can be split (F26). */
export const GROUPINGS = ['age', 'gender', 'province', 'category', 'tier', 'lifecycle', 'rfm_group'] as const;
export type Grouping = (typeof GROUPINGS)[number];
