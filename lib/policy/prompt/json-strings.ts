const STRING_LITERAL = /"(?:[^"\\]|\\.)*"/gs;

/**
 * Rewrites the strings inside a text that is JSON, a tool call's arguments say, each in its decoded
 * form: an escape such as \u200b is what it stands for, and the result is still JSON. Numbers and
 * layout stay as written. Text that is not JSON is rewritten as a whole.
 */
export function mapJsonStrings(json: string, map: (text: string) => string): string {
  if (!isJson(json)) return map(json);
  return json.replace(STRING_LITERAL, (literal) => {
    const text: unknown = JSON.parse(literal);
    if (typeof text !== 'string') return literal;
    const mapped = map(text);
    return mapped === text ? literal : JSON.stringify(mapped);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // A model's arguments may be cut off or malformed: they are then checked as plain text.
    return false;
  }
}
