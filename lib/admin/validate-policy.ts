import 'server-only';
import { AppError } from '@/lib/errors/app-error';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { validateRolePolicy } from '@/lib/policy/validate';
import { outboundUrlFault } from './outbound-url';

const MAX_ISSUES = 100;

/**
 * A policy from outside, with every default filled in, checked by all rules and by this server's view
 * of which URLs may be called. @throws AppError validation_failed with the path of each fault
 */
export function checkedPolicy(input: unknown): RolePolicy {
  const result = validateRolePolicy(input, { checkUrl: outboundUrlFault });
  if (result.ok) return result.policy;
  const issues = result.issues.slice(0, MAX_ISSUES);
  const [first] = issues;
  const more = result.issues.length > 1 ? ` (and ${result.issues.length - 1} more)` : '';
  const message = `The policy is not valid. ${first?.path}: ${first?.message}${more}`;
  throw new AppError('validation_failed', message, { issues });
}
