import type { PiiEntity } from '@/lib/policy/prompt/schema';
import { coreName, LABELS, placeholdersIn } from './labels';

type Entry = { core: string; placeholder: string };

/**
 * The placeholders of one request and the values behind them. It lives as long as the request and is never
 * stored, logged or sent.
 */
export class PlaceholderVault {
  private readonly byValue = new Map<string, Entry>();
  private readonly originals = new Map<string, string>();
  private readonly counters = new Map<PiiEntity, number>();
  private readonly literal = new Set<string>();
  private readonly known = new Set<string>();
  private readonly numbers = new Set<string>();
  private readonly used = new Set<PiiEntity>();

  /** Keeps names that a text itself contains out of use, so that nobody's `[EMAIL_1]` becomes an address. */
  reserve(text: string): void {
    for (const core of placeholdersIn(text)) this.literal.add(core);
  }

  /** The placeholder of a value, always the same one. `hidden`: it is not to be restored. */
  placeholderFor(entity: PiiEntity, value: string, hidden = false): string {
    const known = this.byValue.get(value);
    if (known) return known.placeholder;
    const label = LABELS[entity];
    let number = this.counters.get(entity) ?? 0;
    let core: string;
    do core = coreName(label, ++number);
    while (this.literal.has(core));
    this.counters.set(entity, number);
    const placeholder = `[${label}_${number}]`;
    this.byValue.set(value, { core, placeholder });
    if (!hidden) {
      this.originals.set(core, value);
      this.used.add(entity);
    }
    return placeholder;
  }

  /** Notes that a value stood as a number in JSON, where its placeholder is written as a string. */
  noteNumber(value: string): void {
    const entry = this.byValue.get(value);
    if (entry) this.numbers.add(entry.core);
  }

  /** Notes a value that the request contains and that was not replaced. */
  note(value: string): void {
    this.known.add(value);
  }

  /** Whether the request contained the value, so that an answer that repeats it brings nothing new. */
  contains(value: string): boolean {
    return this.known.has(value) || this.byValue.has(value);
  }

  /** The value behind a placeholder's name, or undefined when it is none of this request's. */
  original(core: string): string | undefined {
    return this.originals.get(core);
  }

  isNumber(core: string): boolean {
    return this.numbers.has(core);
  }

  get hasNumbers(): boolean {
    return this.numbers.size > 0;
  }

  /** Entities of which there is something to restore. */
  get restorable(): ReadonlySet<PiiEntity> {
    return this.used;
  }

  /** Digits of the largest number in a placeholder. */
  get digits(): number {
    return String(Math.max(1, ...this.counters.values())).length;
  }

  /** Values that were replaced, longest first. */
  values(): string[] {
    return [...this.originals.values()].sort((a, b) => b.length - a.length);
  }
}
