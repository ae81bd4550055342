const KEYWORDS =
  /ignore (?:all |any |the )?(?:previous|above|prior)|disregard|system prompt|jailbreak|\bdan\b|developer mode|pretend|act as|you are now|do anything now|no restrictions|bypass|forget (?:everything|all)|reveal|new instructions|override/i;

/** What a list of trigger words in English would say; the detector is measured against it. */
export function keywordBaseline(text: string): boolean {
  return KEYWORDS.test(text);
}
