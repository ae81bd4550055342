import { bitOf, type Hit } from './concepts';
import { CONCEPTS, type Concept } from './lexicon';
import { PAIRS, type Feature } from './rules';
import { bump, grade, set } from './values';

/** Turns the concepts of a text, in order, into evidence: which stands before which, and how far. */
export function readConcepts(hits: readonly Hit[], values: Float64Array): void {
  const reader = new ConceptReader(hits, values);
  hits.forEach((hit, position) => reader.read(hit, position));
  reader.close();
}

const FAR = -1000;
const SLOT = Object.fromEntries(CONCEPTS.map((concept, index) => [concept, index])) as Record<
  Concept,
  number
>;
const OVERRIDES = bitOf.override | bitOf.overrideLast;
const PRIOR = bitOf.prior | bitOf.everything;
const RULES = bitOf.instruction | bitOf.systemPrompt | bitOf.limit;
/** So many words before an attack, talk about attacks takes the edge off it. */
const DISCUSSED_WORDS = 14;

const COUNTED: readonly [Feature, Concept, number][] = [
  ['unrestricted', 'unrestricted', 4],
  ['noRefusal', 'noRefusal', 4],
  ['newTask', 'newTask', 2],
  ['persona', 'persona', 3],
  ['addressed', 'addressed', 2],
  ['assistant', 'assistant', 4],
  ['systemPrompt', 'systemPrompt', 2],
  ['encoding', 'encoding', 2],
  ['discussion', 'discussion', 3],
  ['lock', 'lock', 3],
  ['dark', 'dark', 4],
  ['refusalTalk', 'refusalTalk', 3],
  ['twoVoices', 'twoVoices', 2],
  ['authority', 'authority', 2],
  ['harm', 'harm', 3],
];

class ConceptReader {
  /** Where each concept was seen last, in words. */
  private readonly last = new Float64Array(CONCEPTS.length).fill(FAR);
  private readonly counts = new Float64Array(CONCEPTS.length);
  private discussedAttack = false;
  private attacks = 0;
  private commanded = 0;
  private verbOpens = false;
  private liftedAt = FAR;
  private position = 0;
  private at = 0;
  private mask = 0;

  constructor(
    private readonly hits: readonly Hit[],
    private readonly values: Float64Array,
  ) {}

  read({ mask, at, opens }: Hit, position: number): void {
    this.position = position;
    this.at = at;
    this.mask = mask;
    if (mask & OVERRIDES && this.isNegated()) {
      this.mask &= ~OVERRIDES;
      bump(this.values, 'negatedOverride');
    }
    // A word may be several things at once; those of one place do not stand before each other.
    if (this.has('instruction') || this.has('systemPrompt')) this.readInstruction();
    this.readLimit();
    if (this.has('reveal') && this.before('systemPrompt', 5)) bump(this.values, 'revealSystem');
    this.readEverything();
    this.readOverrideLast();
    this.readLapsed();
    this.readMaker();
    this.readObjects();
    if (this.has('override')) this.verbOpens = opens;
    this.remember();
  }

  close(): void {
    const { values } = this;
    const count = (concept: Concept) => this.counts[SLOT[concept]] ?? 0;
    for (const [feature, concept, many] of COUNTED)
      set(values, feature, grade(count(concept), many));
    if (this.attacks > 0 && this.commanded === 0) set(values, 'overrideWithin', 1);
    if (this.discussedAttack) set(values, 'discussedAttack', 1);
    if (count('unrestricted') && count('noRefusal') && count('persona'))
      set(values, 'jailbreakKit', 1);
    if (count('newTask') && this.attacks > 0) set(values, 'overrideAndNewTask', 1);
  }

  private readInstruction(): void {
    const verb = this.seen('override');
    const diverted = this.seen('harmlessObject') > verb && !this.has('systemPrompt');
    const points = Math.max(this.seen('prior'), this.seen('everything'));
    if (this.at - verb <= 10 && !diverted) {
      const named = points >= verb || this.has('prior') || this.nextIs(PRIOR, 4);
      const whose = named || this.has('systemPrompt') ? 'overridePrior' : 'overrideInstruction';
      bump(this.values, whose);
      this.liftedAt = this.at;
      this.count(this.verbOpens);
      this.weighDiscussion();
    }
    if (this.before('overrideTold', 7) && points >= this.seen('overrideTold'))
      bump(this.values, 'overrideTold');
    if (!this.before('reveal', 9) || this.seen('harmlessObject') >= this.seen('reveal')) return;
    if (this.has('systemPrompt')) bump(this.values, 'revealSystem');
    else if (points >= this.seen('reveal') || this.nextIs(PRIOR, 4))
      bump(this.values, 'revealPrior');
    this.weighDiscussion();
  }

  private readLimit(): void {
    if (!this.has('limit') || this.has('instruction') || !this.before('override', 6)) return;
    const verb = this.seen('override');
    const points = Math.max(this.seen('prior'), this.seen('everything')) >= verb;
    if (this.seen('harmlessObject') >= verb || !points) return;
    bump(this.values, 'overrideLimit');
    this.count(this.verbOpens);
  }

  private readEverything(): void {
    const verb = this.seen('override');
    if ((this.has('prior') || this.has('everything')) && this.before('override', 3)) {
      const all =
        this.has('prior') && this.before('everything', 3) && this.seen('everything') > verb;
      const told = this.has('everything') && this.nextIs(bitOf.prior, 3, 1);
      if (this.seen('harmlessObject') < verb && !this.nextIsHarmless())
        bump(this.values, all || told ? 'overrideAllPrior' : 'overrideEverything');
      this.count(this.verbOpens || all || told);
      this.liftedAt = this.at;
    }
    if (this.has('everything') && this.before('reveal', 3) && this.nextIs(bitOf.prior, 3, 1))
      bump(this.values, 'revealAbove');
  }

  private readOverrideLast(): void {
    if (!this.has('overrideLast') || !this.before('instruction', 5)) return;
    const named =
      this.before('prior', 9) || this.before('everything', 9) || this.before('systemPrompt', 5);
    bump(this.values, named ? 'overrideLast' : 'overrideInstruction');
    this.count(true);
    this.weighDiscussion();
  }

  private readLapsed(): void {
    if (!this.has('lapsed')) return;
    if (
      this.before('instruction', 7) ||
      this.before('limit', 5) ||
      this.before('systemPrompt', 7)
    ) {
      bump(this.values, 'rulesLapsed');
      this.count(true);
    }
  }

  /** An instruction beside the one who gave it: what the developer told you. */
  private readMaker(): void {
    const rule = Math.max(this.seen('instruction'), this.seen('systemPrompt'));
    const behind = this.has('maker') && (this.at - rule <= 8 || this.has('instruction'));
    if (!behind && !(this.has('instruction') && this.before('maker', 6))) return;
    bump(this.values, 'makerRules');
    if (this.before('reveal', 16) || this.nextIs(bitOf.reveal, 8)) bump(this.values, 'revealMaker');
    if (this.before('override', 10) || this.nextIs(bitOf.overrideLast, 8))
      bump(this.values, 'overrideMaker');
  }

  private readObjects(): void {
    const { at, values } = this;
    if (this.has('harmlessObject') && this.before('override', 4)) bump(values, 'overrideHarmless');
    if (this.has('secret') && this.before('reveal', 5)) bump(values, 'revealSecret');
    if (this.has('payload') && at > this.liftedAt && at - this.liftedAt <= 6)
      bump(values, 'overrideAndNewTask');
    for (const { feature, first, second, words } of PAIRS)
      if (this.has(second) && this.before(first, words)) bump(values, feature);
  }

  private remember(): void {
    for (let slot = 0, bits = this.mask; bits !== 0; slot++, bits >>>= 1) {
      if ((bits & 1) === 0) continue;
      this.last[slot] = this.at;
      this.counts[slot] = (this.counts[slot] ?? 0) + 1;
    }
  }

  private count(commanded: boolean): void {
    this.attacks += 1;
    if (commanded) this.commanded += 1;
  }

  private weighDiscussion(): void {
    if (this.before('discussion', DISCUSSED_WORDS)) this.discussedAttack = true;
  }

  private has(concept: Concept): boolean {
    return (this.mask & bitOf[concept]) !== 0;
  }

  private seen(concept: Concept): number {
    return this.last[SLOT[concept]] ?? FAR;
  }

  private before(concept: Concept, words: number): boolean {
    return this.at - this.seen(concept) <= words;
  }

  /** Whether one of some concepts begins here or at most so many words on. */
  private nextIs(concepts: number, words: number, skip = 0): boolean {
    for (let index = this.position + skip; index < this.hits.length; index++) {
      const hit = this.hits[index];
      if (!hit || hit.at - this.at > words) return false;
      if (hit.mask & concepts) return true;
    }
    return false;
  }

  /** Forget my previous question, ignore all earlier drafts: the object comes behind, and it is no instruction. */
  private nextIsHarmless(): boolean {
    return this.nextIs(bitOf.harmlessObject, 2) && !this.nextIs(RULES, 3);
  }

  /** Do not forget, n'oublie pas, vergiss nicht, 不要忘记. */
  private isNegated(): boolean {
    const negation = this.seen('negation');
    if (this.at - negation <= 2 && this.at > negation) return true;
    if (this.mask & bitOf.negation && this.mask & bitOf.overrideLast) return true;
    const next = this.hits[this.position + 1];
    return next !== undefined && next.at - this.at === 1 && (next.mask & bitOf.negation) !== 0;
  }
}
