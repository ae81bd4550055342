import { asking, saying, user, verdict, warned, type Scenario } from './scenario';

const EMAIL = 'ann.smith@example.com';
const personal = (pii: object) => ({
  base: { promptPolicies: { enabled: true, pii: { enabled: true, ...pii } } },
});
/** The simulator repeats what it is told: `told` after the verdict when it has what is looked for, else `hidden`. */
const toldOf = (prompt: string) =>
  asking({ messages: [user(prompt)] }, (answer) => {
    const told = JSON.stringify(answer.body).includes(EMAIL) ? 'told' : 'hidden';
    return `${verdict(answer)} ${told}`;
  });

export const pii: readonly Scenario[] = [
  {
    path: 'promptPolicies.pii.enabled',
    value: true,
    base: { promptPolicies: { enabled: true, pii: { action: 'block' } } },
    ask: saying(`Write to ${EMAIL}`),
    before: '200',
    after: '400 pii_detected',
  },
  {
    path: 'promptPolicies.pii.entities',
    value: ['iban', 'email'],
    ...personal({ action: 'block', entities: ['iban'] }),
    ask: saying(`Write to ${EMAIL}`),
    before: '200',
    after: '400 pii_detected',
  },
  {
    path: 'promptPolicies.pii.action',
    value: 'block',
    ...personal({ action: 'redact' }),
    ask: asking({ messages: [user(`Write to ${EMAIL}`)] }, warned),
    before: '200, pii_redacted',
    after: '400 pii_detected',
  },
  {
    // A directive splits the address in the prompt; without it, it is whole in the simulator's answer.
    path: 'promptPolicies.pii.scanResponses',
    value: true,
    ...personal({ action: 'redact' }),
    ask: toldOf(EMAIL.replace('example', 'exa[[delay:1]]mple')),
    before: '200 told',
    after: '200 hidden',
  },
  {
    path: 'promptPolicies.pii.restoreInResponse',
    value: true,
    ...personal({ action: 'redact' }),
    ask: toldOf(`Write to ${EMAIL}`),
    before: '200 hidden',
    after: '200 told',
  },
];
