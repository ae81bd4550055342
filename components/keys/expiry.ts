export const EXPIRY_CHOICES = [
  { value: 'never', label: 'Never expires', days: null },
  { value: '7', label: '7 days', days: 7 },
  { value: '30', label: '30 days', days: 30 },
  { value: '90', label: '90 days', days: 90 },
  { value: '365', label: '1 year', days: 365 },
  { value: 'date', label: 'On a date…', days: null },
] as const;

export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number]['value'];

/** ISO time at which a key made `now` ends; a date ends with that day, in the browser's time zone. */
export function expiryOf(choice: ExpiryChoice, date: string, now: Date): string | undefined {
  if (choice === 'never') return undefined;
  if (choice === 'date') return date ? new Date(`${date}T23:59:59`).toISOString() : undefined;
  return new Date(now.getTime() + Number(choice) * 86_400_000).toISOString();
}
