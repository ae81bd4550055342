import { FEATURES, type Feature } from './rules';

/** Where each feature stands among the values of a text. */
export const INDEX = Object.fromEntries(
  FEATURES.map((feature, index) => [feature, index]),
) as Record<Feature, number>;

/** Grows with a count, quickly at first: 0, then towards 1 at `many`. */
export function grade(count: number, many: number): number {
  return count === 0 ? 0 : Math.min(1, Math.log1p(count) / Math.log1p(many));
}

/** Raises a value; it never falls. */
export function set(values: Float64Array, feature: Feature, value: number): void {
  values[INDEX[feature]] = Math.max(values[INDEX[feature]] ?? 0, value);
}

/** Once is strong, twice is certain. */
export function bump(values: Float64Array, feature: Feature): void {
  values[INDEX[feature]] = values[INDEX[feature]] ? 1 : 0.75;
}
