import type { RolePolicy } from '../../role-policy';
import type { LintRule } from '../finding';
import { fallbacksInForce, permittedTargets, routedModels, targetsOf } from '../targets';

const section = 'resiliencePolicy';

export const resilienceRules: LintRule[] = [
  {
    id: 'resilience-without-effect',
    severity: 'warning',
    section,
    title: 'Resilience is on, with retries, fallbacks and breaker off',
    why: 'The section then only bounds an attempt by the request timeout.',
    *check({ resiliencePolicy: r }) {
      if (!r.enabled || r.retryEnabled || r.fallbackEnabled || r.circuitBreakerEnabled) return;
      yield {
        path: `${section}.enabled`,
        message: 'Neither retries nor fallbacks nor the circuit breaker are on.',
        remedy: 'Switch on what should happen when a provider fails.',
      };
    },
  },
  {
    id: 'fallback-unreachable',
    severity: 'error',
    section,
    title: 'A fallback target that cannot be reached',
    why: 'When the providers before it fail, this one is passed over: the chain is shorter than it looks.',
    *check(policy, facts) {
      for (const { path, provider, model } of fallbacksInForce(policy)) {
        const connection = facts.connections?.find(({ name }) => name === provider);
        if (!facts.connections || connection?.enabled === true) {
          if (targetsOf(`${provider}/${model}`, facts)?.length !== 0) continue;
          yield {
            path: `${path}.model`,
            message: `The connection ${provider} does not list the model ${model}.`,
            remedy: `Add ${model} to the connection, or name a model it lists.`,
          };
          continue;
        }
        yield {
          path: `${path}.provider`,
          message: connection
            ? `The fallback to ${provider} cannot be reached: its connection is switched off.`
            : `The fallback to ${provider} cannot be reached: there is no such connection.`,
          remedy: 'Connect the provider and switch it on, or take the entry out.',
        };
      }
    },
  },
  {
    id: 'fallback-repeated',
    severity: 'warning',
    section,
    title: 'The same fallback target twice',
    why: 'A target that failed is not tried again further down: the second entry never gets a request.',
    *check(policy) {
      const seen = new Map<string, number>();
      for (const { path, provider, model, priority } of fallbacksInForce(policy)) {
        const name = `${provider}/${model}`;
        const earlier = seen.get(name);
        if (earlier === undefined) seen.set(name, priority);
        else {
          yield {
            path: `${path}.model`,
            message: `${name} stands in the chain already, at priority ${earlier}.`,
            remedy: 'Take one of the two entries out.',
          };
        }
      }
    },
  },
  {
    id: 'fallback-chain-empty',
    severity: 'warning',
    section,
    title: 'A fallback chain without entries',
    why: 'There is nobody to fall back to, unless routing has further candidates.',
    *check({ resiliencePolicy: { enabled, fallbackEnabled, fallbackChain }, routingPolicy }) {
      if (!enabled || !fallbackEnabled || fallbackChain.length > 0 || routingPolicy.enabled) return;
      yield {
        path: `${section}.fallbackChain`,
        message: 'The fallback chain is on and empty.',
        remedy: 'Add a target at another provider, or switch the chain off.',
      };
    },
  },
  {
    id: 'fallback-same-provider',
    severity: 'info',
    section,
    title: 'A fallback chain at a single provider',
    why: 'An outage of that provider takes the whole chain with it.',
    *check(policy, facts) {
      const chain = fallbacksInForce(policy);
      const [first] = chain;
      if (!first || chain.some(({ provider }) => provider !== first.provider)) return;
      const elsewhere = routedModels(policy)
        .flatMap(({ name }) => permittedTargets(policy, name, facts) ?? [])
        .some(({ provider }) => provider !== first.provider);
      if (elsewhere) return;
      yield {
        path: `${section}.fallbackChain`,
        message: `Every fallback is at ${first.provider}.`,
        remedy: 'Add a target at another provider.',
      };
    },
  },
  {
    id: 'retry-without-cause',
    severity: 'warning',
    section,
    title: 'Retries for no failure at all',
    why: 'Retries are on, but no kind of failure is one to retry after.',
    *check({ resiliencePolicy: r }) {
      if (!r.enabled || !r.retryEnabled) return;
      const causes = [r.retryOnTimeout, r.retryOnRateLimit, r.retryOnServerError];
      if (causes.some(Boolean) || r.retryableErrors.length > 0) return;
      yield {
        path: `${section}.retryOnTimeout`,
        message:
          'Retries are on, but neither time-outs, rate limits nor server errors are retried.',
        remedy: 'Choose at least one cause, or switch retries off.',
      };
    },
  },
  {
    id: 'retry-zero-times',
    severity: 'info',
    section,
    title: 'Retries are on, zero times',
    why: 'With no further try the other settings of retries have no effect.',
    *check({ resiliencePolicy: { enabled, retryEnabled, maxRetries } }) {
      if (!enabled || !retryEnabled || maxRetries > 0) return;
      yield {
        path: `${section}.maxRetries`,
        message: 'Retries are on, but a target is tried only once.',
        remedy: 'Allow at least one retry, or switch retries off.',
      };
    },
  },
  {
    id: 'retry-without-jitter',
    severity: 'info',
    section,
    title: 'Retries without jitter',
    why: 'Clients that failed together come back together and overload the provider again.',
    *check({ resiliencePolicy: { enabled, retryEnabled, retryJitter, maxRetries } }) {
      if (!enabled || !retryEnabled || retryJitter || maxRetries === 0) return;
      yield {
        path: `${section}.retryJitter`,
        message: 'All callers of a failed provider return at the same moment.',
        remedy: 'Switch "Add jitter to backoff" on.',
      };
    },
  },
  {
    id: 'retries-exceed-deadline',
    severity: 'warning',
    section,
    title: 'Retries that take longer than a request may',
    why: 'The deadline of the whole request ends the tries early: later retries and fallbacks are never made.',
    *check(policy, { deadlineMs }) {
      const { enabled, retryEnabled, maxRetries, requestTimeoutMs } = policy.resiliencePolicy;
      if (!enabled || !retryEnabled || maxRetries === 0 || deadlineMs === undefined) return;
      const longest = longestAtTarget(policy, requestTimeoutMs);
      if (requestTimeoutMs > deadlineMs || longest <= deadlineMs) return;
      yield {
        path: `${section}.maxRetries`,
        message: `${maxRetries + 1} tries of ${seconds(requestTimeoutMs)} with their backoff take up to ${seconds(longest)}, a request may take ${seconds(deadlineMs)}.`,
        remedy: 'Lower the retries, the request timeout or the backoff.',
      };
    },
  },
  {
    id: 'chain-exceeds-deadline',
    severity: 'warning',
    section,
    title: 'A fallback chain that takes longer than a request may',
    why: 'When every target times out the last ones are never asked.',
    *check(policy, { deadlineMs }) {
      const chain = fallbacksInForce(policy);
      const { requestTimeoutMs } = policy.resiliencePolicy;
      if (deadlineMs === undefined || chain.length === 0) return;
      let passed = longestAtTarget(policy, requestTimeoutMs);
      if (passed > deadlineMs) return;
      for (const { path, provider, model, timeoutMs } of chain) {
        if (passed >= deadlineMs) {
          yield {
            path: `${path}.timeoutMs`,
            message: `Targets before ${provider}/${model} may take ${seconds(passed)}; a request may take ${seconds(deadlineMs)}.`,
            remedy: 'Lower the retries or the time-outs of the targets before it.',
          };
          return;
        }
        passed += longestAtTarget(policy, timeoutMs);
      }
    },
  },
  {
    id: 'timeout-above-deadline',
    severity: 'warning',
    section,
    title: 'An attempt that may take longer than the request',
    why: 'The deadline of the whole request comes first, so nothing is ever retried or handed to a fallback after a time-out.',
    *check({ resiliencePolicy: { enabled, requestTimeoutMs } }, { deadlineMs }) {
      if (!enabled || deadlineMs === undefined || requestTimeoutMs < deadlineMs) return;
      yield {
        path: `${section}.requestTimeoutMs`,
        message: `An attempt may take ${seconds(requestTimeoutMs)}, the whole request ${seconds(deadlineMs)}.`,
        remedy: `Set the request timeout below ${seconds(deadlineMs)}.`,
      };
    },
  },
  {
    id: 'breaker-without-alternative',
    severity: 'info',
    section,
    title: 'A circuit breaker with nowhere else to go',
    why: 'While it is open every request gets 503 circuit_open, instead of a slow try.',
    *check({ resiliencePolicy: r, routingPolicy }) {
      if (!r.enabled || !r.circuitBreakerEnabled || r.fallbackEnabled || routingPolicy.enabled)
        return;
      yield {
        path: `${section}.circuitBreakerEnabled`,
        message: 'The breaker can open, but there is neither a fallback chain nor routing.',
        remedy: 'Add a fallback chain, so that another provider answers meanwhile.',
      };
    },
  },
  {
    id: 'breaker-opens-in-one-request',
    severity: 'warning',
    section,
    title: 'A breaker that one request can open',
    why: "Every failed attempt counts, so the retries of a single request stop the provider for all of the tenant's callers.",
    *check({ resiliencePolicy: r }) {
      if (!r.enabled || !r.circuitBreakerEnabled || !r.retryEnabled) return;
      if (r.maxRetries === 0 || r.circuitBreakerThreshold > r.maxRetries + 1) return;
      yield {
        path: `${section}.circuitBreakerThreshold`,
        message: `One request with its ${r.maxRetries} retries fails ${r.maxRetries + 1} times and opens the breaker at ${r.circuitBreakerThreshold}.`,
        remedy: `Raise the threshold above ${r.maxRetries + 1}, or lower the retries.`,
      };
    },
  },
];

/** Every try timing out, every backoff at its longest (jitter only shortens it), milliseconds. */
function longestAtTarget({ resiliencePolicy: r }: RolePolicy, timeoutMs: number): number {
  const retries = r.retryEnabled ? r.maxRetries : 0;
  const waits = Array.from({ length: retries }, (_, turn) =>
    Math.min(r.retryBackoffMs * 2 ** turn, r.retryBackoffMax),
  );
  return (retries + 1) * timeoutMs + waits.reduce((sum, wait) => sum + wait, 0);
}

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`;
