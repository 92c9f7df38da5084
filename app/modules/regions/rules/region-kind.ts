/** The kind of place a name includes: "Kota" Bandung and "Kab." Bandung are two places. */
export type RegionKind = 'city' | 'regency';
