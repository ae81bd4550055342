import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { defaultPoliciesForTier, TIERS } from '@/lib/policy/tiers';
import {
  desiredPolicy,
  newFileText,
  newJsonText,
  parsePolicyFile,
  type PolicyFile,
  policyFileJsonSchema,
  withoutSecrets,
} from './policy-file';
import { jsonSource } from './source/json-source';
import { yamlSource } from './source/yaml-source';

function parsed(name: string, text: string, variables?: Record<string, string>): PolicyFile {
  const result = parsePolicyFile(name, text, { variables });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.file;
}

const NAMES = [
  'support',
  'help desk',
  'true',
  'null',
  '2024',
  '1e3',
  '0x1F',
  '~',
  'a: b # c',
  'Größe',
  '-',
  '"q"',
];

describe('a new file', () => {
  it.each(NAMES)('describes the role %s as it is, in YAML and in JSON', (role) => {
    const policy = defaultPoliciesForTier('enterprise');
    for (const [file, text] of [
      ['a.yaml', newFileText('acme', role, policy, 's.json')],
      ['a.json', newJsonText('acme', role, policy, 's.json')],
    ] as const) {
      expect(parsed(file, text)).toMatchObject({ tenant: 'acme', role, policy });
    }
  });

  it('says only what differs from the defaults, and no secret', () => {
    const budgetPolicy = { enabled: true, alertSlack: 'https://hooks.example.com/secret' };
    const policy = rolePolicySchema.parse({ budgetPolicy });
    expect(newFileText('acme', 'support', policy, 's.json')).toBe(
      '# yaml-language-server: $schema=s.json\ntenant: acme\nrole: support\nbudgetPolicy:\n  enabled: true\n',
    );
  });
});

describe('the schema beside the files', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
    policyFileJsonSchema(),
  );

  it.each(TIERS)('accepts the policy of the tier %s in both formats', (tier) => {
    const policy = defaultPoliciesForTier(tier);
    const yaml = yamlSource(newFileText('acme', 'support', policy, 's.json'));
    const json = jsonSource(newJsonText('acme', 'support', policy, 's.json'));
    expect([validate(yaml.value), validate(json.value)], JSON.stringify(validate.errors)).toEqual([
      true,
      true,
    ]);
  });

  it('accepts a variable for a webhook, and refuses what a file may not hold', () => {
    const file = { tenant: 'acme', role: 'support' };
    expect(validate({ ...file, budgetPolicy: { alertSlack: '${SLACK}' } })).toBe(true);
    for (const wrong of [
      { role: 'support' },
      { ...file, budget: {} },
      { ...file, budgetPolicy: { daily: 1 } },
      { ...file, cachingPolicy: { ttlSeconds: 'long' } },
    ]) {
      expect(validate(wrong), JSON.stringify(wrong)).toBe(false);
    }
  });
});

describe('secrets', () => {
  const onServer = rolePolicySchema.parse({
    budgetPolicy: { alertSlack: 'https://hooks.example.com/server' },
  });
  const slackOf = (text: string, variables?: Record<string, string>) =>
    desiredPolicy(parsed('a.yaml', `tenant: a\nrole: b\n${text}`, variables), onServer).budgetPolicy
      .alertSlack;

  it('are those of the server where a file names none, else those of the file', () => {
    expect(slackOf('')).toBe('https://hooks.example.com/server');
    expect(
      slackOf('budgetPolicy: { alertSlack: "${URL}" }', { URL: 'https://a.example.com/' }),
    ).toBe('https://a.example.com/');
    expect(slackOf('budgetPolicy: { alertSlack: "https://b.example.com/" }')).toBe(
      'https://b.example.com/',
    );
    expect(slackOf('budgetPolicy: { alertSlack: "" }')).toBe('');
  });

  it('are taken out of what is stored or shown', () => {
    expect(JSON.stringify(withoutSecrets(onServer))).not.toContain('hooks.example.com');
  });
});
