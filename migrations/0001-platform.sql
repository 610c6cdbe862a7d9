-- What every domain stands on: people, sessions, companies, permissions' memberships, jobs, events, audit,
-- files, notifications, approvals. Row-level security is laid by protect_table(), one call a table.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- The reader, as told by the transaction (platform/db.ts). Unset means: no rows.
create function app_company() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.company', true), '')::uuid $$;
create function app_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function app_scope() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('app.scope', true), '') $$;
create function app_distributor() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.distributor', true), '')::uuid $$;
create function app_territories() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.territories', true), ''), '{}')::uuid[] $$;

-- What a policy says of the reader's scope. A CASE and not ORs: of ORs the planner believes that next to nothing passes.
create function scope_policy(of_distributor text, of_territory text) returns text language sql immutable as $$
  select format('case (select app_scope()) when ''company'' then true when ''distributor'' then %s when ''territory'' then %s else false end',
    case of_distributor when 'none' then 'false' when 'all' then 'true'
      else format('%I = (select app_distributor())', of_distributor) end,
    case of_territory when 'none' then 'false' when 'all' then 'true'
      else format('%I = any ((select app_territories())::uuid[])', of_territory) end)
$$;

-- Lays the two walls on a table: a restrictive policy for the company, permissive ones by scope.
-- distributor_reads / territory_reads: 'none', 'all', or the column that must be the reader's own.
-- distributor_writes / territory_writes: 'none' or the same column.
-- Sub-selects make PostgreSQL ask for the setting once a statement instead of once a row.
create procedure protect_table(
  tbl regclass,
  distributor_reads text default 'none',
  territory_reads text default 'none',
  distributor_writes text default 'none',
  territory_writes text default 'none'
) language plpgsql as $$
declare
  company text := 'company_id = (select app_company())';
  reads text := scope_policy(distributor_reads, territory_reads);
  writes text := scope_policy(distributor_writes, territory_writes);
begin
  execute format('alter table %s enable row level security', tbl);
  execute format('alter table %s force row level security', tbl);
  execute format('create policy company on %s as restrictive using (%s) with check (%s)', tbl, company, company);
  execute format('create policy readers on %s for select using (%s)', tbl, reads);
  execute format('create policy inserters on %s for insert with check (%s)', tbl, writes);
  execute format('create policy updaters on %s for update using (%s) with check (%s)', tbl, writes, writes);
  execute format('create policy deleters on %s for delete using (%s)', tbl, writes);
end $$;

-- ── People and sign-in: read by the gate role alone ──────────────────────────────────────────────
create table people (
  id uuid primary key default uuidv7(),
  login text not null unique check (login = lower(login) and length(login) between 2 and 120),
  name text not null,
  email text,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create table credentials (
  person_id uuid primary key references people,
  password_hash text not null,
  password_set_at timestamptz not null default now(),
  must_change boolean not null default false,
  totp_secret text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint not null default 0
);
create table sessions (
  token_hash bytea primary key,
  person_id uuid not null references people,
  company_id uuid,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- When its password was last given: what may not be done from a screen left open asks for it again.
  confirmed_at timestamptz not null default now(),
  address text,
  agent text
);
create index sessions_person on sessions (person_id);
create table sign_in_failures (
  id uuid primary key default uuidv7(),
  login text not null,
  device text not null,
  password_print bytea,
  failed_at timestamptz not null default now()
);
create index sign_in_failures_login on sign_in_failures (login, failed_at);
create index sign_in_failures_print on sign_in_failures (password_print, failed_at);

-- A device on which a person has signed in before has a failure budget of its own.
create table known_devices (
  person_id uuid not null references people,
  device_hash bytea not null,
  seen_at timestamptz not null default now(),
  primary key (person_id, device_hash)
);

create table companies (
  id uuid primary key default uuidv7(),
  code text not null unique,
  name text not null,
  is_demo boolean not null default false,
  time_zone text not null default 'Asia/Shanghai',
  created_at timestamptz not null default now()
);
create table memberships (
  company_id uuid not null references companies,
  person_id uuid not null references people,
  roles text[] not null,
  scope text not null check (scope in ('company', 'distributor', 'territory')),
  distributor_id uuid,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (company_id, person_id),
  check ((scope = 'distributor') = (distributor_id is not null))
);
-- At sign-in the company is what is looked for.
create index memberships_person on memberships (person_id);
create table api_keys (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  prefix text not null unique,
  key_hash bytea not null,
  name text not null,
  person_id uuid not null references people,
  permissions text[] not null,
  -- Addresses and nets that it may be used from; none named: any.
  addresses text[] not null default '{}',
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (company_id, id)
);
create view company_people with (security_invoker = true) as
  select m.company_id, p.id as person_id, p.login, p.name, p.email, p.locale, m.roles, m.scope, m.distributor_id,
    m.disabled_at, m.created_at
  from memberships m join people p on p.id = m.person_id;

call protect_table('memberships');
create policy own_membership on memberships for select using (person_id = (select app_person()));
call protect_table('api_keys');
-- companies and people have no company_id: the app role sees its own company and the people in it.
alter table companies enable row level security;
alter table companies force row level security;
create policy own_company on companies for select using (id = (select app_company()));
alter table people enable row level security;
alter table people force row level security;
create policy colleagues on people for select using (
  id in (select m.person_id from memberships m where m.company_id = (select app_company()))
);

-- ── Audit: written with the deed, never changed ──────────────────────────────────────────────────
create table audit (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  happened_at timestamptz not null default now(),
  person_id uuid,
  deed text not null,
  subject_kind text not null,
  subject_id text not null,
  old_value jsonb,
  new_value jsonb,
  reason text,
  request_id text,
  -- the transaction that wrote it: rows are sealed in this order
  xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, id)
);
create index audit_subject on audit (company_id, subject_kind, subject_id, id);
create index audit_person on audit (company_id, person_id, id);
create index audit_seal_order on audit (company_id, xid, id);
call protect_table('audit', 'none', 'none', 'all', 'all');
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function refuse_change();
create trigger audit_no_truncate before truncate on audit for each statement execute function refuse_change();

-- Hash chain over the audit rows, laid by a job once the rows can no longer be overtaken. A seal holds the rows from
-- the previous seal's upto_xid up to, but not with, its own.
create table audit_seals (
  company_id uuid not null references companies,
  seal_no integer not null,
  upto_xid xid8 not null,
  row_count integer not null,
  -- 32 bytes a row, in the order of xid and id
  row_hashes bytea not null,
  previous_hash bytea,
  hash bytea not null,
  sealed_at timestamptz not null default now(),
  primary key (company_id, seal_no)
);
call protect_table('audit_seals');
create trigger audit_seals_append_only before update or delete on audit_seals for each row execute function refuse_change();

-- ── Events and jobs ──────────────────────────────────────────────────────────────────────────────
create table events (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  name text not null,
  subject_kind text not null,
  subject_id text not null,
  payload jsonb not null,
  person_id uuid,
  published_at timestamptz not null default now(),
  primary key (company_id, id)
);
create index events_subject on events (company_id, subject_kind, subject_id, id);
call protect_table('events', 'none', 'none', 'all', 'all');
create policy own_events on events for select using (person_id = (select app_person()));

create table jobs (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  kind text not null,
  subject_kind text,
  subject_id text,
  payload jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  attempts integer not null default 0,
  stage text,
  progress_done bigint not null default 0,
  progress_total bigint,
  error_code text,
  error_detail text,
  result jsonb,
  person_id uuid,
  distributor_id uuid,
  -- the minute a job of the clock was due: each is queued once
  due_at timestamptz,
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (company_id, id)
);
create index jobs_state on jobs (company_id, state, id);
create index jobs_subject on jobs (company_id, subject_kind, subject_id, id);
create unique index jobs_due on jobs (company_id, kind, due_at) where due_at is not null;
call protect_table('jobs', 'distributor_id', 'none', 'distributor_id', 'none');
create policy own_jobs on jobs for select using (person_id = (select app_person()));
create policy own_jobs_insert on jobs for insert with check (person_id = (select app_person()));

-- Which pool of queue workers belongs to which process; the process holds advisory lock (727100, lock_no) while it lives.
create table job_workers (
  worker_id text primary key,
  lock_no integer not null
);

-- ── Files: content-addressed; the bytes lie outside the database under their hash ───────────────
create table files (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  sha256 text not null check (length(sha256) = 64),
  byte_size bigint not null,
  file_name text not null,
  media_kind text not null,
  purpose text not null,
  distributor_id uuid,
  person_id uuid,
  stored_at timestamptz not null default now(),
  primary key (company_id, id)
);
create index files_hash on files (company_id, sha256);
call protect_table('files', 'distributor_id', 'none', 'distributor_id', 'none');
create policy own_files on files for select using (person_id = (select app_person()));
create policy own_files_insert on files for insert with check (person_id = (select app_person()));

-- ── Notifications ────────────────────────────────────────────────────────────────────────────────
create table notifications (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  person_id uuid not null references people,
  kind text not null,
  params jsonb not null default '{}',
  href text,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  mail_state text not null default 'none' check (mail_state in ('none', 'queued', 'sent', 'failed')),
  primary key (company_id, id)
);
create index notifications_person on notifications (company_id, person_id, id desc);
create index notifications_unread on notifications (company_id, person_id) where read_at is null;
create index notifications_mail on notifications (company_id, id) where mail_state = 'queued';
alter table notifications enable row level security;
alter table notifications force row level security;
create policy company on notifications as restrictive using (company_id = (select app_company()))
  with check (company_id = (select app_company()));
create policy own on notifications for select using (person_id = (select app_person()));
create policy system_reads on notifications for select using ((select app_person()) is null and (select app_scope()) = 'company');
create policy send on notifications for insert with check (true);
create policy own_update on notifications for update using (person_id = (select app_person()) or (select app_person()) is null);

-- ── Approvals ────────────────────────────────────────────────────────────────────────────────────
create table approval_rules (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  subject_kind text not null,
  name text not null,
  -- [{name, role, needed}] in order: `needed` of the people with the role must approve
  steps jsonb not null,
  active boolean not null default true,
  primary key (company_id, id)
);
create unique index approval_rules_kind on approval_rules (company_id, subject_kind) where active;
create table approvals (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  subject_kind text not null,
  subject_id text not null,
  title text not null,
  summary jsonb not null default '{}',
  -- where the subject is looked at
  href text,
  steps jsonb not null,
  step_no integer not null default 0,
  state text not null default 'pending' check (state in ('pending', 'held', 'approved', 'rejected', 'withdrawn')),
  requested_by uuid not null references people,
  requested_at timestamptz not null default now(),
  decided_at timestamptz,
  primary key (company_id, id)
);
create unique index approvals_open on approvals (company_id, subject_kind, subject_id) where state in ('pending', 'held');
create table approval_decisions (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  approval_id uuid not null,
  step_no integer not null,
  person_id uuid not null references people,
  -- on whose behalf, when delegated
  for_person_id uuid,
  decision text not null check (decision in ('approve', 'reject', 'hold', 'resume', 'delegate', 'withdraw')),
  delegate_to uuid,
  reason text,
  decided_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, approval_id) references approvals (company_id, id)
);
create index approval_decisions_approval on approval_decisions (company_id, approval_id, id);
call protect_table('approval_rules');
call protect_table('approvals');
call protect_table('approval_decisions');
create trigger approval_decisions_append_only before update or delete on approval_decisions
  for each row execute function refuse_change();

-- ── Idempotent writes: the same key and body get the same answer ────────────────────────────────
create table idempotency_keys (
  company_id uuid not null references companies,
  person_id uuid not null,
  key text not null,
  request_hash bytea not null,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (company_id, person_id, key)
);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy company on idempotency_keys as restrictive using (company_id = (select app_company()))
  with check (company_id = (select app_company()));
create policy own on idempotency_keys using (person_id = (select app_person())) with check (person_id = (select app_person()));
-- Old keys are cleaned up by the company's own job, which is nobody's.
create policy system on idempotency_keys using ((select app_person()) is null and (select app_scope()) = 'company');
