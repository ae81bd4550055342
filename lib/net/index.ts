export { parseAllowedHosts, type AllowedHosts } from './allowed-hosts';
export { checkUrl, type UrlVerdict } from './check-url';
export { ForbiddenTargetError } from './forbidden-target-error';
export type { Resolver } from './guarded-connector';
export {
  createGuardedFetch,
  forbiddenCause,
  type GuardedFetch,
  type GuardedFetchOptions,
} from './guarded-fetch';
