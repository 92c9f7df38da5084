/** What somebody looked at; each has a text `privacy.access.<kind>`. */
export const ACCESS_KINDS = ['national_id', 'national_id_search', 'export'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];
