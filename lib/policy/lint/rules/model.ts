import type { LintRule } from '../finding';
import { defaultModelOf, targetsOf } from '../targets';

const section = 'modelRestrictions';

export const modelRules: LintRule[] = [
  {
    id: 'models-without-restriction',
    severity: 'warning',
    section,
    title: 'Model restrictions are on, and nothing is restricted',
    why: 'An empty list permits every model of every connection, the dearest included.',
    *check({ modelRestrictions: m }) {
      const list = m.mode === 'allowlist' ? m.allowedModels : m.blockedModels;
      if (!m.enabled || list.length > 0 || m.allowedProviders.length > 0) return;
      if (m.defaultModel !== '' || m.maxOutputTokens > 0) return;
      yield {
        path: `${section}.${m.mode === 'allowlist' ? 'allowedModels' : 'blockedModels'}`,
        message: 'The list in force is empty, so every model is permitted.',
        remedy: 'List models or providers, or switch the section off.',
      };
    },
  },
  {
    id: 'list-of-other-mode',
    severity: 'warning',
    section,
    title: 'A list that the mode leaves out of force',
    why: 'Only the list of the chosen mode counts; the other one looks like protection and is none.',
    *check({ modelRestrictions: { enabled, mode, allowedModels, blockedModels } }) {
      if (!enabled) return;
      const [idle, list] =
        mode === 'allowlist'
          ? (['blockedModels', blockedModels] as const)
          : (['allowedModels', allowedModels] as const);
      if (list.length === 0) return;
      yield {
        path: `${section}.${idle}`,
        message: `${list.length === 1 ? 'The entry' : `The ${list.length} entries`} of ${idle} ${list.length === 1 ? 'has' : 'have'} no effect in ${mode} mode.`,
        remedy: 'Change the mode, or move the entries to the list in force.',
      };
    },
  },
  {
    id: 'allowed-provider-missing',
    severity: 'error',
    section,
    title: 'An allowed provider that is not connected',
    why: 'A name that no enabled connection bears permits nothing; when all are such, every request is refused.',
    *check({ modelRestrictions: { enabled, allowedProviders } }, { connections }) {
      if (!enabled || !connections) return;
      for (const [index, provider] of allowedProviders.entries()) {
        if (connections.some(({ name, enabled: on }) => on && name === provider)) continue;
        yield {
          path: `${section}.allowedProviders.${index}`,
          message: `No enabled connection is named ${provider}.`,
          remedy: 'Connect it under Providers, or write the name of a connection there is.',
        };
      }
    },
  },
  {
    id: 'allowed-model-unserved',
    severity: 'info',
    section,
    title: 'An allowed model that nobody serves',
    why: 'Requests for it are answered with 404 model_not_found.',
    *check({ modelRestrictions: { enabled, mode, allowedModels } }, facts) {
      if (!enabled || mode !== 'allowlist') return;
      for (const [index, name] of allowedModels.entries()) {
        if (name.includes('*') || targetsOf(name, facts)?.length !== 0) continue;
        yield {
          path: `${section}.allowedModels.${index}`,
          message: `${name} is allowed, but no enabled connection serves it.`,
          remedy: 'Connect a provider that serves it, or take it out.',
        };
      }
    },
  },
  {
    id: 'default-model-unserved',
    severity: 'error',
    section,
    title: 'A default model that nobody serves',
    why: 'Requests that name no model, and those that routing cannot place, fail.',
    *check(policy, facts) {
      const name = defaultModelOf(policy);
      if (name === '' || targetsOf(name, facts)?.length !== 0) return;
      yield {
        path: `${section}.defaultModel`,
        message: `The default model ${name} is served by no enabled connection.`,
        remedy: 'Connect a provider that serves it, or choose another default.',
      };
    },
  },
  {
    id: 'default-model-off',
    severity: 'warning',
    section,
    title: 'A default model in a section that is off',
    why: 'The default model belongs to the model restrictions: while they are off, a request without a model is refused.',
    *check({ modelRestrictions: { enabled, defaultModel }, routingPolicy }) {
      if (enabled || defaultModel === '' || routingPolicy.enabled) return;
      yield {
        path: `${section}.enabled`,
        message: `The default model ${defaultModel} has no effect while model restrictions are off.`,
        remedy: 'Switch the section on; with empty lists it restricts nothing else.',
      };
    },
  },
];
