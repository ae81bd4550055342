-- Rolegate's storage. Money is NUMERIC(20,10): costs are kept to 1e-10 USD. Times are timestamptz to the millisecond.
-- Tables and columns of the specification keep their names.

-- Scope of the running transaction. The application sets both with set_config(..., true); nothing set reads nothing.

CREATE FUNCTION rolegate_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('rolegate.tenant_id', true), '')::uuid $$;

CREATE FUNCTION rolegate_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('rolegate.scope', true), '') = 'system' $$;

-- ---------------------------------------------------------------- tenants and people

CREATE TABLE tenants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CHECK (name <> ''),
  slug text NOT NULL CHECK (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  tier text NOT NULL DEFAULT 'free' CHECK (tier IN ('free', 'professional', 'enterprise')),
  timezone text NOT NULL DEFAULT 'UTC',
  log_content text NOT NULL DEFAULT 'redacted' CHECK (log_content IN ('none', 'redacted', 'full')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT tenants_slug_key UNIQUE (slug)
);

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL CHECK (email = lower(email) AND email <> ''),
  name text NOT NULL DEFAULT '',
  password_hash text,
  oidc_issuer text,
  oidc_subject text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  last_login_at timestamptz(3),
  CONSTRAINT users_email_key UNIQUE (email),
  CONSTRAINT users_oidc_key UNIQUE (oidc_issuer, oidc_subject)
);

CREATE TABLE memberships (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT memberships_tenant_id_user_id_key UNIQUE (tenant_id, user_id)
);
CREATE INDEX memberships_user_id_idx ON memberships (user_id);

CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3),
  ip text,
  user_agent text
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

CREATE TABLE login_attempts (
  id bigserial PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT now(),
  email text NOT NULL,
  ip text NOT NULL,
  succeeded boolean NOT NULL DEFAULT false
);
CREATE INDEX login_attempts_email_at_idx ON login_attempts (email, at);
CREATE INDEX login_attempts_ip_at_idx ON login_attempts (ip, at);

CREATE TABLE admin_tokens (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (name <> ''),
  role text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  prefix text NOT NULL,
  hash text NOT NULL,
  created_by text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  CONSTRAINT admin_tokens_hash_key UNIQUE (hash)
);
CREATE INDEX admin_tokens_tenant_id_idx ON admin_tokens (tenant_id, created_at DESC, id);

-- ---------------------------------------------------------------- roles and policies

CREATE TABLE roles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (name <> ''),
  description text NOT NULL DEFAULT '',
  is_default boolean NOT NULL DEFAULT false,
  tier text CHECK (tier IN ('free', 'professional', 'enterprise')),
  policy_version integer NOT NULL DEFAULT 1 CHECK (policy_version > 0),
  prompt_policies jsonb NOT NULL DEFAULT '{"enabled": false}',
  tool_policies jsonb NOT NULL DEFAULT '{"enabled": false}',
  rate_limit_policy jsonb NOT NULL DEFAULT '{"enabled": false}',
  model_restrictions jsonb NOT NULL DEFAULT '{"enabled": false}',
  caching_policy jsonb NOT NULL DEFAULT '{"enabled": false}',
  routing_policy jsonb NOT NULL DEFAULT '{"enabled": false}',
  resilience_policy jsonb NOT NULL DEFAULT '{"enabled": false}',
  budget_policy jsonb NOT NULL DEFAULT '{"enabled": false}',
  policy_updated_at timestamptz(3) NOT NULL DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Target of composite foreign keys: what belongs to a role belongs to the role's tenant.
  CONSTRAINT roles_tenant_id_id_key UNIQUE (tenant_id, id),
  CONSTRAINT roles_tenant_id_name_key UNIQUE (tenant_id, name)
);
CREATE UNIQUE INDEX roles_one_default_per_tenant ON roles (tenant_id) WHERE is_default;
CREATE INDEX IF NOT EXISTS idx_roles_policies ON roles USING GIN (
  prompt_policies,
  tool_policies,
  rate_limit_policy,
  model_restrictions,
  caching_policy,
  routing_policy,
  resilience_policy,
  budget_policy
);

CREATE TABLE role_policy_revisions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  document jsonb NOT NULL,
  diff jsonb NOT NULL DEFAULT '[]',
  comment text NOT NULL DEFAULT '',
  restored_from integer,
  actor_type text NOT NULL,
  actor_id text,
  actor_name text NOT NULL DEFAULT '',
  ip text,
  user_agent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT role_policy_revisions_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT role_policy_revisions_role_id_version_key UNIQUE (role_id, version)
);
CREATE INDEX role_policy_revisions_tenant_id_idx ON role_policy_revisions (tenant_id, role_id);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  prefix text NOT NULL,
  hash text NOT NULL,
  created_by text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  CONSTRAINT api_keys_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT api_keys_hash_key UNIQUE (hash)
);
CREATE INDEX api_keys_tenant_id_idx ON api_keys (tenant_id, created_at DESC, id);
CREATE INDEX api_keys_role_id_idx ON api_keys (role_id);

-- ---------------------------------------------------------------- providers and prices

CREATE TABLE provider_connections (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  kind text NOT NULL,
  name text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9._-]*$' AND length(name) <= 64),
  base_url text,
  credential_sealed text,
  credential_hint text NOT NULL DEFAULT '',
  models text[] NOT NULL DEFAULT '{}',
  options jsonb NOT NULL DEFAULT '{}',
  enabled boolean NOT NULL DEFAULT true,
  last_test jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT provider_connections_tenant_id_name_key UNIQUE (tenant_id, name)
);

CREATE TABLE model_prices (
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  model text NOT NULL CHECK (model <> ''),
  input_per_million numeric(20, 10) NOT NULL CHECK (input_per_million >= 0),
  cached_input_per_million numeric(20, 10) CHECK (cached_input_per_million >= 0),
  output_per_million numeric(20, 10) NOT NULL CHECK (output_per_million >= 0),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, model)
);

-- ---------------------------------------------------------------- audit log

-- No foreign key: the record of what was done to a tenant outlives the tenant.
CREATE TABLE audit_log (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid,
  at timestamptz(3) NOT NULL DEFAULT now(),
  actor_type text NOT NULL,
  actor_id text,
  actor_name text NOT NULL DEFAULT '',
  action text NOT NULL CHECK (action <> ''),
  target_type text NOT NULL,
  target_id text,
  target_name text NOT NULL DEFAULT '',
  detail jsonb NOT NULL DEFAULT '{}',
  ip text,
  user_agent text
);
CREATE INDEX audit_log_tenant_id_at_idx ON audit_log (tenant_id, at DESC, id DESC);

CREATE FUNCTION rolegate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION rolegate_refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION rolegate_refuse_change();
-- Deletion stays possible, as a cascade from the role.
CREATE TRIGGER role_policy_revisions_append_only BEFORE UPDATE ON role_policy_revisions
  FOR EACH ROW EXECUTE FUNCTION rolegate_refuse_change();

-- ---------------------------------------------------------------- request log

-- No foreign keys: a batch of receipts is stored even if a tenant or role went away while it was queued.
CREATE TABLE request_log (
  id text NOT NULL DEFAULT gen_random_uuid()::text,
  at timestamptz(3) NOT NULL DEFAULT now(),
  tenant_id uuid NOT NULL,
  role_id uuid,
  key_id uuid,
  status integer NOT NULL,
  code text,
  stream boolean NOT NULL DEFAULT false,
  requested_model text,
  provider text,
  model text,
  policy_version integer,
  cache_status text,
  input_tokens integer NOT NULL DEFAULT 0,
  cached_input_tokens integer NOT NULL DEFAULT 0,
  output_tokens integer NOT NULL DEFAULT 0,
  reasoning_tokens integer NOT NULL DEFAULT 0,
  cost_usd numeric(20, 10),
  latency_ms integer NOT NULL DEFAULT 0,
  receipt jsonb NOT NULL,
  content jsonb,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX request_log_tenant_id_at_idx ON request_log (tenant_id, at DESC, id DESC);
CREATE INDEX request_log_role_id_at_idx ON request_log (tenant_id, role_id, at DESC, id DESC);
CREATE INDEX request_log_key_id_at_idx ON request_log (tenant_id, key_id, at DESC, id DESC);
CREATE INDEX request_log_status_at_idx ON request_log (tenant_id, status, at DESC, id DESC);

-- Row-level security of one table; partitions need their own, or they could be read past their parent.
CREATE FUNCTION rolegate_protect(target regclass, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY scope ON %s USING (%s) WITH CHECK (%s)', target, rule, rule);
END $$;

-- Scalar sub-selects make the planner read the scope once a query, not once a row.
CREATE FUNCTION rolegate_tenant_rule() RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT 'tenant_id = (SELECT rolegate_tenant()) OR (SELECT rolegate_is_system())'::text $$;

-- What the clock or a backlog puts outside every month is kept here rather than refused.
CREATE TABLE request_log_default PARTITION OF request_log DEFAULT;

-- Makes the monthly partitions from the month of `since` to `months_ahead` after it; returns how many are new.
-- Runs as the owner, because the application's role owns nothing. Rows that landed in the default partition move.
CREATE FUNCTION rolegate_ensure_request_log_partitions(since timestamptz, months_ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
SET timezone = 'UTC'
AS $$
DECLARE
  -- A function's SET clause may name this setting only for superusers, so it is set and put back here.
  scope_before text := coalesce(current_setting('rolegate.scope', true), '');
  lower_bound timestamptz;
  upper_bound timestamptz;
  part text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('rolegate_request_log_partitions'));
  PERFORM set_config('rolegate.scope', 'system', true);
  FOR i IN 0..months_ahead LOOP
    lower_bound := date_trunc('month', since) + make_interval(months => i);
    upper_bound := lower_bound + interval '1 month';
    part := 'request_log_' || to_char(lower_bound, 'YYYY_MM');
    CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
    EXECUTE format('CREATE TABLE %I (LIKE request_log INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
    EXECUTE format(
      'WITH moved AS (DELETE FROM request_log_default WHERE at >= %L AND at < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
      lower_bound, upper_bound, part);
    EXECUTE format('ALTER TABLE request_log ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, lower_bound, upper_bound);
    PERFORM rolegate_protect(part::regclass, rolegate_tenant_rule());
    made := made + 1;
  END LOOP;
  PERFORM set_config('rolegate.scope', scope_before, true);
  RETURN made;
END $$;

-- A deleted tenant's requests and their content go with it.
CREATE FUNCTION rolegate_forget_requests() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
  scope_before text := coalesce(current_setting('rolegate.scope', true), '');
BEGIN
  PERFORM set_config('rolegate.scope', 'system', true);
  DELETE FROM request_log WHERE tenant_id = OLD.id;
  PERFORM set_config('rolegate.scope', scope_before, true);
  RETURN OLD;
END $$;
CREATE TRIGGER tenants_forget_requests AFTER DELETE ON tenants
  FOR EACH ROW EXECUTE FUNCTION rolegate_forget_requests();

-- ---------------------------------------------------------------- alerts and statistics

CREATE TABLE alert_outbox (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  role_id uuid,
  kind text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'webhook', 'slack')),
  target_sealed text NOT NULL,
  target_hint text NOT NULL DEFAULT '',
  payload jsonb NOT NULL DEFAULT '{}',
  dedupe_key text,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'failed', 'undeliverable')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT now(),
  last_error text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  sent_at timestamptz(3),
  CONSTRAINT alert_outbox_tenant_id_dedupe_key_key UNIQUE (tenant_id, dedupe_key)
);
CREATE INDEX alert_outbox_tenant_id_idx ON alert_outbox (tenant_id, created_at DESC, id DESC);
CREATE INDEX alert_outbox_due_idx ON alert_outbox (next_attempt_at) WHERE status = 'pending';

CREATE TABLE IF NOT EXISTS role_budget_usage (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  date date NOT NULL,
  daily_cost_usd numeric(20, 10) NOT NULL DEFAULT 0,
  weekly_cost_usd numeric(20, 10) NOT NULL DEFAULT 0,
  monthly_cost_usd numeric(20, 10) NOT NULL DEFAULT 0,
  request_count integer NOT NULL DEFAULT 0,
  token_count bigint NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT role_budget_usage_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT role_budget_usage_role_id_date_key UNIQUE (role_id, date)
);
CREATE INDEX role_budget_usage_tenant_id_idx ON role_budget_usage (tenant_id, date);

CREATE TABLE IF NOT EXISTS role_cache_stats (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  date date NOT NULL,
  cache_hits integer NOT NULL DEFAULT 0,
  cache_misses integer NOT NULL DEFAULT 0,
  cost_saved_usd numeric(20, 10) NOT NULL DEFAULT 0,
  latency_saved_ms bigint NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT role_cache_stats_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT role_cache_stats_role_id_date_key UNIQUE (role_id, date)
);
CREATE INDEX role_cache_stats_tenant_id_idx ON role_cache_stats (tenant_id, date);

CREATE TABLE IF NOT EXISTS circuit_breaker_state (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  provider varchar(64) NOT NULL,
  state varchar(20) NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'half_open')),
  failure_count integer NOT NULL DEFAULT 0,
  last_failure_at timestamptz(3),
  opened_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT circuit_breaker_state_tenant_id_provider_key UNIQUE (tenant_id, provider)
);

-- Run as the owner: for the application's role only, which migrations grant it to.
REVOKE EXECUTE ON FUNCTION rolegate_ensure_request_log_partitions(timestamptz, integer) FROM PUBLIC;

-- ---------------------------------------------------------------- row-level security

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'memberships', 'admin_tokens', 'roles', 'role_policy_revisions', 'api_keys', 'provider_connections', 'model_prices',
    'audit_log', 'request_log', 'request_log_default', 'alert_outbox', 'role_budget_usage', 'role_cache_stats',
    'circuit_breaker_state'
  ] LOOP
    PERFORM rolegate_protect(name::regclass, rolegate_tenant_rule());
  END LOOP;
END $$;

SELECT rolegate_protect('tenants', 'id = (SELECT rolegate_tenant()) OR (SELECT rolegate_is_system())');
-- A tenant sees the people who are its members; people are made and changed in the system scope only.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON users USING ((SELECT rolegate_is_system())) WITH CHECK ((SELECT rolegate_is_system()));
CREATE POLICY members ON users FOR SELECT USING (
  EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = users.id AND m.tenant_id = (SELECT rolegate_tenant()))
);
SELECT rolegate_protect('sessions', '(SELECT rolegate_is_system())');
SELECT rolegate_protect('login_attempts', '(SELECT rolegate_is_system())');

-- ---------------------------------------------------------------- change notifications

-- One channel for all that the gateway keeps in memory. The trigger sits in the database so that no writer can forget it;
-- equal payloads of one transaction are delivered once.
CREATE FUNCTION rolegate_notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(coalesce(NEW, OLD));
BEGIN
  PERFORM pg_notify('rolegate_changed', jsonb_build_object(
    'tenantId', coalesce(changed ->> 'tenant_id', changed ->> 'id'), 'table', TG_TABLE_NAME)::text);
  RETURN NULL;
END $$;

CREATE TRIGGER tenants_changed AFTER INSERT OR UPDATE OR DELETE ON tenants
  FOR EACH ROW EXECUTE FUNCTION rolegate_notify_change();
CREATE TRIGGER roles_changed AFTER INSERT OR UPDATE OR DELETE ON roles
  FOR EACH ROW EXECUTE FUNCTION rolegate_notify_change();
-- Not for last_used_at: use of a key is no change of it.
CREATE TRIGGER api_keys_changed AFTER INSERT OR DELETE OR UPDATE OF tenant_id, role_id, name, hash, expires_at, revoked_at ON api_keys
  FOR EACH ROW EXECUTE FUNCTION rolegate_notify_change();
CREATE TRIGGER provider_connections_changed AFTER INSERT OR DELETE OR UPDATE OF
  tenant_id, kind, name, base_url, credential_sealed, models, options, enabled ON provider_connections
  FOR EACH ROW EXECUTE FUNCTION rolegate_notify_change();
CREATE TRIGGER model_prices_changed AFTER INSERT OR UPDATE OR DELETE ON model_prices
  FOR EACH ROW EXECUTE FUNCTION rolegate_notify_change();

-- The current month and three after it; the receipt writer keeps making more.
SELECT rolegate_ensure_request_log_partitions(now(), 3);
