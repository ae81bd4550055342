import { setImmediate as setTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEncoder, DIMENSIONS, type Encoder } from './encoder';
import { similarityOf } from './similarity';

describe('the sentence encoder', () => {
  let encoder: Encoder;

  beforeAll(async () => {
    encoder = createEncoder({ maxQueued: 8 });
    await encoder.warmUp();
  });
  afterAll(() => encoder.close());

  const vectorOf = async (text: string) => {
    const vector = await encoder.encode(text);
    expect(vector).toBeDefined();
    return vector ?? new Float32Array();
  };
  const similarity = async (a: string, b: string) =>
    similarityOf(await vectorOf(a), await vectorOf(b));

  it('answers vectors of 384 numbers and length 1', async () => {
    const vector = await vectorOf('How do I reset my password?');
    expect(vector).toHaveLength(DIMENSIONS);
    expect(similarityOf(vector, vector)).toBeCloseTo(1, 5);
  });

  it('agrees with the published figures of the model within the loss of int8', async () => {
    // sbert.net, "Semantic Textual Similarity", all-MiniLM-L6-v2.
    expect(await similarity('The cat sits outside', 'The dog plays in the garden')).toBeCloseTo(
      0.2838,
      1,
    );
    expect(await similarity('The new movie is awesome', 'The new movie is so great')).toBeCloseTo(
      0.8939,
      1,
    );
    expect(await similarity('A man is playing guitar', 'A woman watches TV')).toBeCloseTo(
      -0.0327,
      1,
    );
  });

  it('ignores case and accents, and takes empty, endless and strange texts', async () => {
    expect(await similarity('CAFÉ PRICES', 'cafe prices')).toBeCloseTo(1, 5);
    for (const text of ['', 'x'.repeat(100_000), '\u0000\ufffd', '你好吗', '👩‍👩‍👧', '\ud800']) {
      expect(await vectorOf(text)).toHaveLength(DIMENSIONS);
    }
  });

  it('gives the same text the same vector, whatever is encoded beside it', async () => {
    const alone = [...(await vectorOf('one text'))];
    const other = createEncoder();
    const [, beside] = await Promise.all(
      ['something longer that comes before it', 'one text', 'after'].map((text) =>
        other.encode(text),
      ),
    );
    await other.close();
    expect([...(beside ?? [])]).toEqual(alone);
  });

  it('answers undefined when the time is up, and knows the vector the next time', async () => {
    const text = 'never seen before '.repeat(60);
    expect(await encoder.encode(text, { budgetMs: 0 })).toBeUndefined();
    const vector = await encoder.encode(text);
    expect(await encoder.encode(text, { budgetMs: 0 })).toBe(vector);
  });

  it('answers undefined to what is called off', async () => {
    const controller = new AbortController();
    const waiting = encoder.encode('called off', { signal: controller.signal });
    controller.abort();
    expect(await waiting).toBeUndefined();
    expect(await encoder.encode('x y', { signal: controller.signal })).toBeUndefined();
  });

  it('turns away what its queue has no room for, at once', async () => {
    await vectorOf('whatever was begun before this is done now');
    await setTurn();
    const texts = Array.from({ length: 100 }, (_, index) => `flood ${index}`);
    const vectors = await Promise.all(texts.map((text) => encoder.encode(text)));
    expect(vectors.filter((vector) => vector !== undefined)).toHaveLength(10);
  });

  it('lets the event loop turn however busy those are who wait for it', async () => {
    await setTurn();
    let turns = 0;
    const turn = () => {
      turns += 1;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const busy = Array.from({ length: 10 }, async (_, index) => {
      await encoder.encode(`busy ${index}`);
      // Longer than a text takes, so that the next answer is there before this one is dealt with.
      for (const from = performance.now(); performance.now() - from < 25;);
      return turns;
    });
    const seen = new Set(await Promise.all(busy));
    clearImmediate(next);
    expect(seen.size).toBeGreaterThanOrEqual(5);
  });

  it('computes a text once for all who ask for it at a time', async () => {
    const asked = Array.from({ length: 50 }, () => encoder.encode('asked by many'));
    const vectors = new Set(await Promise.all(asked));
    expect(vectors.size).toBe(1);
    expect(vectors.has(undefined)).toBe(false);
  });

  it('ends with what waits, and answers nothing afterwards', async () => {
    const short = createEncoder();
    const waiting = [1, 2, 3, 4, 5].map((index) => short.encode(`text ${index}`));
    await short.close();
    await Promise.all(waiting);
    expect(await short.encode('too late')).toBeUndefined();
  });
});
