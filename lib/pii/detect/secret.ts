import { SECRET_FORMATS } from './secret-formats';
import type { PiiSpan, TraitDetector } from './types';

/** Secrets are long unbroken runs; everything else is never looked at closely. */
const SHORTEST_RUN = 16;
const RUN = new RegExp(`[\\w.+/=:~-]{${SHORTEST_RUN},}`, 'g');
const FORMATS = new RegExp(
  `(?<![A-Za-z0-9_])(?:${SECRET_FORMATS.map(({ pattern }) => `(${pattern})`).join('|')})(?![A-Za-z0-9_-])`,
  'g',
);
const PRIVATE_KEY_BEGIN = /-----BEGIN ((?:[A-Z]+ ){0,3}PRIVATE KEY(?: BLOCK)?)-----/g;
const LONGEST_PRIVATE_KEY = 16_384;

const NAMED = new RegExp(
  [
    '((?:api|access|secret|private|auth|encryption|signing|service|account|master)[ _-]?(?:key|token)|client[ _-]?secret|secret|token|passwor[dt]|passwd|pwd|passphrase|passcode|credentials?|bearer|authorization|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|пароль|密码|パスワード)',
    // What joins name and value: `= "`, `": "`, ` is `, `: Bearer `.
    '(?:[ _-]?(?:key|id|value))?["\'`]?[ \\t]{0,3}(?:=>|:=|[:=]|\\bis\\b|\\bist\\b|\\best\\b|\\bes\\b)[ \\t]{0,3}(?:Bearer |Basic |Token )?',
    '["\'`]?([^\\s"\'`<>,;]{6,512})',
  ].join(''),
  'giu',
);
const BEARER = /\b(?:Bearer|Basic) ([A-Za-z0-9+/_.~=-]{16,4096})/g;
const PASSWORD = /pass|pwd|kennwort|contraseña|senha|wachtwoord|hasło|пароль|密码|パスワード/i;
/** Not a value but where it comes from, or what is to be put there. */
const NO_VALUE =
  /^(?:[[({<$%*#]|process\.|os\.|env\.|import\.|self\.|this\.|config\.|settings\.|your|my[-_]|the[-_]|example|change|xxx|\.\.\.|null|none|undefined|true|false|string|required|optional)|[({[]|\*{3}|x{4}|…/i;
const IDENTIFIER = /^[A-Za-z_$][A-Za-z_$]*(?:\.[A-Za-z_$]+)*[!?.):]*$/;
/** Bits a character: random letters and digits have 4 and more over 24 characters, prose and names fewer. */
const LEAST_ENTROPY = 3;

/** API keys, tokens, passwords and private keys: by the provider's form, or after their name and by entropy. */
export const detectSecrets: TraitDetector = (text, _words, { digits, specials, longestRun }) => [
  ...privateKeys(text),
  ...(longestRun >= SHORTEST_RUN ? providerFormats(text) : []),
  ...(digits + specials > 0 && mayName(text) ? namedSecrets(text) : []),
  ...(longestRun >= SHORTEST_RUN ? bearers(text) : []),
];

/** Without any of these a text names no secret. The long s and the Kelvin sign are forms of s and k. */
const A_NAME =
  /key|token|secret|passw|pwd|passphrase|passcode|credential|bearer|authorization|kennwort|mot de passe|contraseña|senha|hasło|пароль|密码|パスワード|wachtwoord|[\u017f\u212a]/i;
function mayName(text: string): boolean {
  return A_NAME.test(text);
}

function providerFormats(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    for (const match of run.matchAll(FORMATS)) {
      const which = match.findIndex((group, at) => at > 0 && group !== undefined) - 1;
      const start = index + match.index;
      const end = start + match[0].length;
      if (!isVaried(match[0])) continue;
      const reason = `form of ${SECRET_FORMATS[which]?.name ?? 'a key'}`;
      spans.push({ entity: 'secret', start, end, reason });
    }
  }
  return spans;
}

function privateKeys(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const { 0: head, 1: kind, index: start } of text.matchAll(PRIVATE_KEY_BEGIN)) {
    if (start < (spans.at(-1)?.end ?? 0)) continue;
    const foot = `-----END ${kind}-----`;
    const inside = text.slice(start, start + LONGEST_PRIVATE_KEY);
    const at = inside.indexOf(foot);
    // Without its end, what follows until an empty line is taken for the key.
    const rest = inside.slice(head.length).search(/\n\s*\n|["'`]/);
    const length = at >= 0 ? at + foot.length : rest >= 0 ? head.length + rest : inside.length;
    spans.push({ entity: 'secret', start, end: start + length, reason: 'private key' });
  }
  return spans;
}

function namedSecrets(text: string): PiiSpan[] {
  return [...text.matchAll(NAMED)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    return secretAt(match.index + whole.length - value.length, value, name);
  });
}

function bearers(text: string): PiiSpan[] {
  return [...text.matchAll(BEARER)].flatMap((match) => {
    const value = match[1] ?? '';
    return secretAt(match.index + match[0].length - value.length, value, 'bearer');
  });
}

function secretAt(start: number, value: string, name: string): PiiSpan[] {
  const own = value.replace(/[.,;:!?)\]}]+$/, '');
  if (!isSecretValue(own, name)) return [];
  const end = start + own.length;
  return [{ entity: 'secret', start, end, reason: 'after its name, by entropy' }];
}

function isSecretValue(value: string, name: string): boolean {
  if (value.length < 6 || NO_VALUE.test(value) || IDENTIFIER.test(value)) return false;
  const hasDigit = /\d/.test(value);
  const hasLetter = /\p{L}/u.test(value);
  if (PASSWORD.test(name)) return (hasDigit && hasLetter) || /[!@#$%^&*?]/.test(value);
  if (!hasDigit || !hasLetter || value.length < 12) return false;
  return entropyOf(value) >= LEAST_ENTROPY;
}

/** `sk-xxxxxxxx` and `AKIA0000…` show a form and are no secret. */
function isVaried(value: string): boolean {
  return entropyOf(value.slice(-20)) >= 2.3;
}

/** Shannon entropy of the characters, in bits a character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) {
    const share = count / value.length;
    entropy -= share * Math.log2(share);
  }
  return entropy;
}
