import type { PiiEntity } from '@/lib/policy/prompt/schema';
import { readText, redactText, valuesOf } from './redact-text';
import type { TextFilter } from './text-filter';
import type { PlaceholderVault } from './vault';

/** Looks for personal data that the model itself brings, and counts it. */
export class AnswerScan {
  /** How often each entity was found. */
  readonly found = new Map<PiiEntity, number>();

  constructor(
    private readonly entities: ReadonlySet<PiiEntity>,
    private readonly vault: PlaceholderVault,
    private readonly redacts: boolean,
  ) {}

  /** The text as it may be shown: with placeholders that are not restored, or as it is. */
  read(text: string): string {
    const isKnown = (value: string) => this.vault.contains(value);
    if (!this.redacts) {
      const spans = valuesOf(readText(text, this.entities));
      spans.filter(({ value }) => !isKnown(value)).forEach(({ entity }) => this.count(entity));
      return text;
    }
    const { text: redacted, spans } = redactText(text, this.entities, this.vault, {
      hidden: true,
      isKnown,
    });
    spans.forEach(({ entity }) => this.count(entity));
    return redacted;
  }

  private count(entity: PiiEntity): void {
    this.found.set(entity, (this.found.get(entity) ?? 0) + 1);
  }
}

/** A piece is let out once so much more has come that whatever began in it has ended. */
const HELD_CHARS = 160;
const LONGEST_HELD = 20_000;

/** Scans a text that comes in pieces, in steps of a sentence or two; what may go on is held back. */
export class ScanFilter implements TextFilter {
  private held = '';

  /** @param whole JSON is read when it is complete, since only then its strings can be decoded */
  constructor(
    private readonly scan: AnswerScan,
    private readonly whole: boolean,
  ) {}

  push(text: string): string {
    this.held += text;
    if (this.whole || this.held.length < 2 * HELD_CHARS) return '';
    const cut = this.cut();
    if (cut <= 0) return '';
    const out = this.scan.read(this.held.slice(0, cut));
    this.held = this.held.slice(cut);
    return out;
  }

  end(): string {
    const rest = this.held;
    this.held = '';
    return rest === '' ? '' : this.scan.read(rest);
  }

  /** After the last sentence or line, else the last white space, that leaves enough behind it. */
  private cut(): number {
    const free = this.held.slice(0, -HELD_CHARS);
    const key = free.lastIndexOf('-----BEGIN ');
    const open = key >= 0 && !free.includes('-----END ', key);
    if (open && this.held.length < LONGEST_HELD) return key;
    const sentence = Math.max(free.lastIndexOf('\n\n'), free.lastIndexOf('. '));
    if (sentence > 0) return sentence + 2;
    if (free.length < HELD_CHARS && this.held.length < LONGEST_HELD) return 0;
    const space = free.search(/\s\S*$/);
    if (space > 0) return space + 1;
    return this.held.length < LONGEST_HELD ? 0 : free.length;
  }
}
