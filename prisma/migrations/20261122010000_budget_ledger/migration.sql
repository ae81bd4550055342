-- The budget ledger. Every USD a role may spend in a window is settled, leased to a replica, or free; a replica spends
-- only what it has leased, so the limit holds however many run at once and whichever of them dies.

CREATE TABLE budget_windows (
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('day', 'week', 'month')),
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  -- The limit with its buffer; NULL: unlimited. A limit lowered below what is committed takes effect as money comes back.
  cap_usd numeric(20, 10),
  settled_usd numeric(20, 10) NOT NULL DEFAULT 0 CHECK (settled_usd >= 0),
  leased_usd numeric(20, 10) NOT NULL DEFAULT 0 CHECK (leased_usd >= 0),
  -- Of settled_usd: spent without a lease, because the policy only warns or a provider billed more than the worst case.
  overdraft_usd numeric(20, 10) NOT NULL DEFAULT 0 CHECK (overdraft_usd >= 0),
  PRIMARY KEY (role_id, kind, starts_at),
  CONSTRAINT budget_windows_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT budget_windows_within_cap CHECK (cap_usd IS NULL OR leased_usd = 0 OR settled_usd - overdraft_usd + leased_usd <= cap_usd)
);
CREATE INDEX budget_windows_tenant_id_idx ON budget_windows (tenant_id, ends_at);

CREATE TABLE budget_leases (
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  replica_id uuid NOT NULL,
  day_starts_at timestamptz(3) NOT NULL,
  week_starts_at timestamptz(3) NOT NULL,
  month_starts_at timestamptz(3) NOT NULL,
  held_usd numeric(20, 10) NOT NULL DEFAULT 0 CHECK (held_usd >= 0),
  renewed_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (role_id, replica_id, day_starts_at),
  CONSTRAINT budget_leases_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX budget_leases_renewed_at_idx ON budget_leases (renewed_at);
CREATE INDEX budget_leases_replica_id_idx ON budget_leases (replica_id);

-- One row an attempt that cost something: the book from which balances can be computed anew, and what keeps a replayed
-- journal from counting twice.
CREATE TABLE budget_entries (
  id text PRIMARY KEY,
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  admitted_at timestamptz(3) NOT NULL,
  day_starts_at timestamptz(3) NOT NULL,
  week_starts_at timestamptz(3) NOT NULL,
  month_starts_at timestamptz(3) NOT NULL,
  cost_usd numeric(20, 10) NOT NULL CHECK (cost_usd >= 0),
  tokens bigint NOT NULL DEFAULT 0,
  CONSTRAINT budget_entries_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX budget_entries_role_idx ON budget_entries (role_id, day_starts_at);
CREATE INDEX budget_entries_tenant_id_idx ON budget_entries (tenant_id, admitted_at);

-- How long the breaker stays open, by the policy that opened it: needed to take it over after a restart.
ALTER TABLE circuit_breaker_state ADD COLUMN open_timeout_ms integer NOT NULL DEFAULT 60000;

SELECT rolegate_protect('budget_windows', rolegate_tenant_rule());
SELECT rolegate_protect('budget_leases', rolegate_tenant_rule());
SELECT rolegate_protect('budget_entries', rolegate_tenant_rule());
