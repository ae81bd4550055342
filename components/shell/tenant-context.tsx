'use client';

import { createContext, useContext } from 'react';
import type { MembershipRole, TenantView } from '@/lib/client/types';

export type TenantContextValue = {
  tenant: TenantView;
  /** What the user may do in this tenant. */
  role: MembershipRole;
  /** Editors and owners; a viewer's controls are disabled, and the API refuses them too. */
  canEdit: boolean;
  /** Owners only: members, admin tokens, the tenant itself. */
  canManage: boolean;
  tenants: readonly TenantView[];
  switchTenant: (id: string) => void;
};

const TenantContext = createContext<TenantContextValue | null>(null);

export const TenantProvider = TenantContext.Provider;

/** The tenant all console pages work in. */
export function useTenant(): TenantContextValue {
  const value = useContext(TenantContext);
  if (!value) throw new Error('useTenant() works only below the console shell.');
  return value;
}

/** Why a control is disabled for this user; undefined when it is not. */
export function useEditHint(): string | undefined {
  const { canEdit } = useTenant();
  return canEdit ? undefined : 'You are a viewer of this tenant. An editor or owner can change it.';
}

export function useManageHint(): string | undefined {
  const { canManage } = useTenant();
  return canManage ? undefined : 'Only owners of this tenant can change this.';
}
