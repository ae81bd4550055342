import { describe, expect, it } from 'vitest';
import { jsonSource } from './json-source';
import { pathOf, SourceError } from './source';
import { keepingReader, readPlain, yamlSource } from './yaml-source';

const YAML = `# who this is for
tenant: acme
role: support # the help desk

budgetPolicy:
  enabled: true
  # agreed with finance
  dailyLimitUSD: 5
modelRestrictions:
  allowedModels:
    - gpt-4o # the good one
    - gpt-4o-mini # the cheap one
`;
const JSON_TEXT = `{
  // who this is for
  "tenant": "acme",
  "role": "support", // the help desk
  "budgetPolicy": {
    "enabled": true,
    /* agreed with finance */
    "dailyLimitUSD": 5,
  },
}
`;

const faultOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof SourceError) return { message: error.message, ...error.position };
    throw error;
  }
  throw new Error('The text was read.');
};

describe('a YAML source', () => {
  it('changes a value and keeps every comment and blank line', () => {
    const source = yamlSource(YAML);
    source.set(['budgetPolicy', 'dailyLimitUSD'], 7.5);
    expect(source.toString()).toBe(YAML.replace('dailyLimitUSD: 5', 'dailyLimitUSD: 7.5'));
  });

  it('keeps the comments of the items of a list that stay, in their new order', () => {
    const source = yamlSource(YAML);
    source.set(['modelRestrictions', 'allowedModels'], ['gpt-4o-mini', 'o3', 'gpt-4o']);
    expect(source.toString()).toContain(
      '    - gpt-4o-mini # the cheap one\n    - o3\n    - gpt-4o # the good one\n',
    );
  });

  it('adds what was not there, sections included', () => {
    const source = yamlSource(YAML);
    source.set(['cachingPolicy', 'enabled'], true);
    source.set(['budgetPolicy', 'onExceeded'], 'warn');
    expect(yamlSource(source.toString()).value).toMatchObject({
      cachingPolicy: { enabled: true },
      budgetPolicy: { dailyLimitUSD: 5, onExceeded: 'warn' },
    });
    expect(source.toString()).toContain('# agreed with finance');
  });

  it('changes what an alias stands for in one place only', () => {
    const source = yamlSource('a: &limits { x: 1 }\nb: *limits\n');
    source.set(['b', 'x'], 2);
    expect(yamlSource(source.toString()).value).toEqual({ a: { x: 1 }, b: { x: 2 } });
  });

  it('tells where an entry stands, and of one that is not there what is around it', () => {
    const source = yamlSource(YAML);
    expect(source.positionOf(['budgetPolicy', 'dailyLimitUSD'])).toEqual({ line: 8, column: 3 });
    expect(source.positionOf(['modelRestrictions', 'allowedModels', 1])).toEqual({
      line: 12,
      column: 7,
    });
    expect(source.positionOf(['budgetPolicy', 'nothing'])).toEqual({ line: 5, column: 1 });
    expect(source.positionOf(['nothing'])).toEqual({ line: 2, column: 1 });
  });

  it.each([
    ['broken nesting', 'a:\n  b: 1\n c: 2\n', 3],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', 3],
    ['a tag it does not know', 'a: 1\nb: !!js/function "x"\n', 2],
    ['a tab for an indent', 'a:\n\tb: 1\n', 2],
    ['two documents', 'a: 1\n---\nb: 2\n', 2],
    ['an alias of nothing', 'a: 1\nb: *nothing\n', 2],
  ])('tells line and column of %s', (_what, text, line) => {
    const fault = faultOf(() => yamlSource(text));
    expect(fault.line).toBe(line);
    expect(fault.message).toMatch(/^[^\n]+[.!?]$/);
  });

  it('refuses aliases that multiply, before they fill the memory', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      bomb.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(faultOf(() => yamlSource(bomb.join('\n')))).toMatchObject({
      message: 'Too many aliases: at most 100 are resolved.',
      line: 12,
    });
  });
});

describe('the two readers of YAML', () => {
  const PLAIN = [
    YAML,
    'a: ~\nb: null\nc: Null\nd:\ne: ""\n',
    'a: true\nb: True\nc: yes\nd: off\ne: "true"\n',
    'a: 1\nb: -1.5\nc: 1e3\nd: 0777\ne: 0o17\nf: 0x1F\ng: .5\nh: 1.\ni: +7\n',
    'a: .inf\nb: -.INF\nc: 12:30\nd: 2026-01-01\ne: 1.2.3\n',
    'a: [1, "two", {b: 3}, ]\nc: {d: , e: f}\n',
    "a: 'it''s'\nb: \"tab\\tnew\\nline \\u00e9\"\nc: plain # comment\n",
    'a: |\n  two\n  lines\nb: >-\n  folded\n  text\n',
    'a: x\n  continued\nb:\n- 1\n- 2\n',
    '"quoted key": 1\n1: number\ntrue: bool\n',
    'tenant: acme\r\nrole: support\r\n',
    '# nothing but a comment\n',
  ];

  it.each(PLAIN)('take the same from %j', (text) => {
    const fast = readPlain(text);
    expect(fast).not.toBeNull();
    expect(fast?.value).toEqual(keepingReader(text).value);
  });

  it.each([
    'a: &x 1\nb: *x\n',
    'a: !!str 1\n',
    '%YAML 1.1\n---\na: yes\n',
    'a: 1\n---\nb: 2\n',
    'a: 1_000\n',
    'a: 0b11\n',
    'b: {<<: {a: 1}}\n',
    '? a\n: b\n',
    'a: 1\na: 2\n',
  ])('leave %j to the one that keeps places', (text) => {
    expect(readPlain(text)).toBeNull();
  });
});

describe('a JSON source', () => {
  it('takes comments and trailing commas, and keeps them when a value changes', () => {
    const source = jsonSource(JSON_TEXT);
    source.set(['budgetPolicy', 'dailyLimitUSD'], 7.5);
    expect(source.toString()).toBe(JSON_TEXT.replace('5,', '7.5,'));
  });

  it('adds sections and fields', () => {
    const source = jsonSource(JSON_TEXT);
    source.set(['cachingPolicy', 'enabled'], true);
    source.set(['budgetPolicy'], { enabled: false, dailyLimitUSD: 5, onExceeded: 'warn' });
    expect(jsonSource(source.toString()).value).toMatchObject({
      cachingPolicy: { enabled: true },
      budgetPolicy: { enabled: false, onExceeded: 'warn' },
    });
    expect(source.toString()).toContain('/* agreed with finance */');
  });

  it('tells where an entry stands', () => {
    const source = jsonSource(JSON_TEXT);
    expect(source.positionOf(['budgetPolicy', 'dailyLimitUSD'])).toEqual({ line: 8, column: 5 });
    expect(source.positionOf(['budgetPolicy', 'nothing'])).toEqual({ line: 5, column: 3 });
  });

  it.each([
    ['a missing colon', '{\n  "a" 1\n}', 2],
    ['a key twice', '{\n  "a": 1,\n  "a": 2\n}', 3],
    ['a key that would vanish', '{\n  "__proto__": {}\n}', 2],
    ['an empty file', '', 1],
  ])('tells line and column of %s', (_what, text, line) => {
    expect(faultOf(() => jsonSource(text)).line).toBe(line);
  });
});

describe('a dotted path', () => {
  it('finds keys that hold dots themselves, and indexes of lists', () => {
    const document = { perModel: { 'gpt-3.5-turbo': { rpm: 1 } }, list: [{ a: 1 }] };
    expect(pathOf('perModel.gpt-3.5-turbo.rpm', document)).toEqual([
      'perModel',
      'gpt-3.5-turbo',
      'rpm',
    ]);
    expect(pathOf('list.0.a', document)).toEqual(['list', 0, 'a']);
    expect(pathOf('list.0.missing', document)).toEqual(['list', 0, 'missing']);
  });
});
