/** Characters that are judged together, and how many of them neighbouring windows share. */
export const WINDOW_CHARS = 3_000;
const OVERLAP_CHARS = 400;

/** Cuts a text into overlapping windows, so that an attack counts for as much at the end of a book. */
export function windowsOf(text: string): string[] {
  if (text.length <= WINDOW_CHARS) return [text];
  const windows: string[] = [];
  for (let start = 0; ; start += WINDOW_CHARS - OVERLAP_CHARS) {
    windows.push(text.slice(start, start + WINDOW_CHARS));
    if (start + WINDOW_CHARS >= text.length) return windows;
  }
}
