/**
 * What a similarity threshold gives on the development pairs (12,096 pairs of questions by other people,
 * 4,431 of them duplicates): the share of right answers among those given, and the share of duplicates
 * that are found. Measured by `npm run eval:cache`; docs/cache.md has the whole table.
 */
export const THRESHOLD_FIGURES = [
  { threshold: 0.9, precision: 0.903, recall: 0.218 },
  { threshold: 0.95, precision: 0.961, recall: 0.083 },
  { threshold: 0.98, precision: 0.981, recall: 0.035 },
] as const;
