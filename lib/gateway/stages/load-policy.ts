import { compilePolicy, type CompiledPolicy } from '@/lib/policy/compile';
import type { Identified } from '../context';
import type { Stage } from '../stage';

/** The role's policy in the form the guards work with; compiled by the first request that needs it. */
export const loadPolicy: Stage<Identified, { policy: CompiledPolicy }> = ({ principal }) => {
  const { document, version } = principal.policy;
  return {
    verdict: 'allow',
    reason: `version ${version}`,
    add: { policy: compilePolicy(document) },
  };
};
