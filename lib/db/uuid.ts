const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a text that PostgreSQL takes as a UUID; it would answer any other with an error. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
