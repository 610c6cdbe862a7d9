-- Flow: batches arrive, raw rows are kept for ever, names are decided once, lines are posted, months are closed.

create table flow_months (
  company_id uuid not null references companies,
  month date not null check (extract(day from month) = 1),
  starts_on date not null,
  ends_on date not null,
  state text not null default 'open' check (state in ('open', 'approving', 'locking', 'locked', 'released')),
  version_no integer not null default 0,
  opened_at timestamptz not null default now(),
  locked_at timestamptz,
  released_at timestamptz,
  primary key (company_id, month),
  check (ends_on >= starts_on)
);
call protect_table('flow_months', 'all', 'all');

-- One table of one file of one distributor.
create table flow_batches (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  month date not null,
  distributor_id uuid not null,
  kind text not null default 'sales' check (kind in ('sales', 'purchase', 'stock')),
  channel text not null default 'web' check (channel in ('web', 'grid', 'ftp', 'agent', 'api', 'photo', 'demo')),
  file_id uuid not null,
  file_name text not null,
  sha256 text not null,
  sheet_index integer not null default 0,
  -- which of the file's tables, from 0: one sheet can hold several
  table_no integer not null default 0,
  state text not null check (state in ('received', 'reading', 'mapping', 'cleaning', 'done', 'failed', 'discarded')),
  layout jsonb,
  mapping jsonb,
  fingerprint text,
  failure_code text,
  failure_params jsonb,
  -- counters: row_count = line_count + skipped_count; line_count = posted + waiting + excluded + rejected
  row_count integer not null default 0,
  skipped_count integer not null default 0,
  line_count integer not null default 0,
  amount_fen bigint not null default 0,
  seconds jsonb not null default '{}',
  job_id uuid,
  person_id uuid,
  received_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, month) references flow_months (company_id, month),
  foreign key (company_id, distributor_id) references distributors (company_id, id),
  foreign key (company_id, file_id) references files (company_id, id)
);
create unique index flow_batches_once on flow_batches (company_id, distributor_id, sha256, sheet_index, table_no) where state <> 'discarded';
create index flow_batches_month on flow_batches (company_id, month, distributor_id);
call protect_table('flow_batches', 'distributor_id', 'none', 'distributor_id');

-- Raw rows as read, about 1,000 a chunk: [[row, cell, cell, …], …]; kept beside what we made of them.
create table flow_raw_chunks (
  company_id uuid not null references companies,
  batch_id uuid not null,
  chunk_no integer not null,
  distributor_id uuid not null,
  first_line_no integer not null,
  line_count integer not null,
  sheet text not null,
  -- JSON under zstd, packed and unpacked by raw-cells.ts
  cells bytea not null,
  primary key (company_id, batch_id, chunk_no),
  foreign key (company_id, batch_id) references flow_batches (company_id, id)
);
alter table flow_raw_chunks alter column cells set storage external;
call protect_table('flow_raw_chunks', 'distributor_id', 'none', 'distributor_id');

-- A mapping confirmed once, remembered per distributor and layout.
create table flow_layouts (
  company_id uuid not null references companies,
  distributor_id uuid not null,
  fingerprint text not null,
  kind text not null,
  mapping jsonb not null,
  headers text[] not null,
  confirmed_by uuid,
  confirmed_at timestamptz not null default now(),
  primary key (company_id, distributor_id, fingerprint),
  foreign key (company_id, distributor_id) references distributors (company_id, id)
);
call protect_table('flow_layouts', 'distributor_id', 'none', 'distributor_id');

-- A table that is just being filled has no statistics yet, and without any the planner takes indexes of little use. This
-- says how many distinct values each column is going to have; the first ANALYZE takes the truth.
create function expect_rows(tbl text, distinct_values jsonb) returns void language sql as $$
  select pg_restore_attribute_stats('schemaname', 'public', 'relname', tbl, 'attname', key, 'inherited', false,
    'null_frac', 0::real, 'avg_width', 16, 'n_distinct', value::real)
  from jsonb_each_text(distinct_values)
$$;
revoke all on function expect_rows(text, jsonb) from public;

-- A raw text of a distributor and what it was taken to mean (对照).
create table flow_names (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  distributor_id uuid not null,
  kind text not null check (kind in ('customer', 'product')),
  normal_text text not null,
  raw_text text not null,
  raw_spec text not null default '',
  state text not null check (state in ('auto', 'waiting', 'confirmed', 'ignored')),
  target_id uuid,
  via text not null check (via in ('exact', 'alias', 'fuzzy', 'person', 'none')),
  score real not null default 0,
  reasons jsonb not null default '[]',
  candidates jsonb not null default '[]',
  decision_id uuid,
  first_seen_at timestamptz not null default now(),
  decided_at timestamptz,
  primary key (company_id, id),
  unique (company_id, distributor_id, kind, normal_text),
  foreign key (company_id, distributor_id) references distributors (company_id, id),
  check ((state in ('auto', 'confirmed')) = (target_id is not null))
);
create index flow_names_alike on flow_names (company_id, kind, normal_text) include (id, distributor_id);
create index flow_names_waiting on flow_names (company_id, kind, id) include (normal_text, distributor_id) where state = 'waiting';
create index flow_names_target on flow_names (company_id, target_id);
select expect_rows('flow_names', '{"company_id": 1, "distributor_id": 60, "kind": 2, "normal_text": -0.3, "state": 4, "target_id": -0.2}');
call protect_table('flow_names', 'distributor_id', 'none');

-- One decision of a person: what it settled, what was there before, and whether it was undone.
create table flow_decisions (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('customer', 'product', 'issue')),
  action text not null check (action in ('choose', 'ignore', 'keep', 'exclude')),
  normal_text text,
  -- distributor: this distributor's text only; province: that of the distributors of a province; company: of every one
  alias_scope text check (alias_scope in ('distributor', 'province', 'company')),
  distributor_id uuid,
  province text,
  target_id uuid,
  -- the institution that was created with this decision
  created_id uuid,
  issue_code text,
  name_count integer not null default 0,
  line_count integer not null default 0,
  before jsonb not null,
  person_id uuid not null,
  decided_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by uuid,
  primary key (company_id, id)
);
create index flow_decisions_recent on flow_decisions (company_id, id desc);
call protect_table('flow_decisions');

-- What a text means for distributors that have not sent it yet, learnt from decisions: those of a province, or all ('').
create table flow_aliases (
  company_id uuid not null references companies,
  kind text not null check (kind in ('customer', 'product')),
  normal_text text not null,
  province text not null default '',
  target_id uuid not null,
  decision_id uuid not null,
  primary key (company_id, kind, normal_text, province),
  foreign key (company_id, decision_id) references flow_decisions (company_id, id)
);
call protect_table('flow_aliases');

-- A line. Partitioned by month; never updated once its month is locked.
create table flow_lines (
  company_id uuid not null,
  month date not null,
  id uuid not null default uuidv7(),
  batch_id uuid not null,
  line_no integer not null,
  sheet_row integer not null,
  distributor_id uuid not null,
  occurred_on date,
  customer_name_id uuid,
  product_name_id uuid,
  institution_id uuid,
  product_id uuid,
  territory_id uuid,
  qty numeric(18, 6),
  unit text not null,
  base_qty numeric(18, 6),
  price numeric(18, 4),
  amount_fen bigint,
  lot text not null,
  doc_no text not null,
  is_return boolean not null,
  state text not null check (state in ('posted', 'waiting', 'excluded', 'rejected')),
  issues text[] not null,
  -- 64 bits of a hash over date, customer, product, spec, lot, quantity: alike lines are suspected duplicates
  alike_key bigint not null,
  primary key (company_id, id, month)
) partition by range (month);
-- Lines are found by any of their ids. One inverted index for those with few lines takes half the work of ordinary ones when
-- a file comes in: it gathers new lines and merges them a few thousand at a time. It has no leading column; with the company
-- among its columns every look-up would walk the list of all the company's lines. A page in the order of time comes from the
-- primary key. No index needs the month: a partition is one.
create index flow_lines_found on flow_lines using gin (batch_id, customer_name_id, product_name_id, institution_id, lot)
  with (fastupdate = on, gin_pending_list_limit = 512);
-- What has many lines is read in its order, a page at a time: the newest of a territory (what a rep opens all day), of a
-- distributor (what its clerk does), of a product, the largest amounts and the latest days. Documents have few lines each, but there are
-- too many of them for the inverted index.
create index flow_lines_territory on flow_lines (company_id, territory_id, id);
create index flow_lines_distributor on flow_lines (company_id, distributor_id, id);
create index flow_lines_product on flow_lines (company_id, product_id, id);
create index flow_lines_amount on flow_lines (company_id, amount_fen, id);
create index flow_lines_day on flow_lines (company_id, occurred_on, id);
create index flow_lines_document on flow_lines (company_id, doc_no) where doc_no <> '';
-- Few lines are not posted, and counters and the workbench ask for them all day: what they ask for lies in the index.
create index flow_lines_open on flow_lines (company_id, state, id)
  include (month, batch_id, distributor_id, territory_id, amount_fen, customer_name_id, product_name_id, institution_id,
    product_id, issues) where state <> 'posted';
create index flow_lines_doubted on flow_lines (company_id, id) where issues <> '{}';
call protect_table('flow_lines', 'distributor_id', 'territory_id', 'distributor_id');
-- People of a territory see a month once it is released, not while it is being cleaned.
create function app_released_months() returns date[] language sql stable parallel safe as $$
  select coalesce(array_agg(m.month), '{}') from flow_months m where m.company_id = app_company() and m.state = 'released'
$$;
create policy released on flow_lines as restrictive for select using (case (select app_scope())
  when 'territory' then month = any ((select app_released_months())::date[]) else true end);

-- Months are partitions; the app role may not create tables, so it asks here. Idempotent.
create function ensure_flow_month(first_day date) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  child text := 'flow_lines_' || to_char(first_day, 'YYYYMM');
begin
  if extract(day from first_day) <> 1 then raise exception 'not the first day of a month'; end if;
  if to_regclass(child) is null then
    perform pg_advisory_xact_lock(hashtext(child));
    if to_regclass(child) is null then
      execute format('create table %I partition of flow_lines for values from (%L) to (%L)', child, first_day,
        (first_day + interval '1 month')::date);
      execute format('alter table %I enable row level security', child);
      execute format('alter table %I force row level security', child);
      perform expect_rows(child, '{"company_id": 1, "month": 1, "batch_id": 300, "distributor_id": 60,
        "customer_name_id": 10000, "product_name_id": 5000, "institution_id": 5000, "product_id": 200,
        "territory_id": 50, "state": 3}');
    end if;
  end if;
end $$;
revoke all on function ensure_flow_month(date) from public;

-- After the lock nothing changes: whatever touched lines of a closed month is rolled back.
create function refuse_closed_month() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from (select distinct company_id, month from touched) t
    join flow_months m on m.company_id = t.company_id and m.month = t.month
    where m.state in ('locked', 'released')
  ) then
    raise exception 'the month is closed' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger flow_lines_insert_open after insert on flow_lines
  referencing new table as touched for each statement execute function refuse_closed_month();
create trigger flow_lines_update_open after update on flow_lines
  referencing new table as touched for each statement execute function refuse_closed_month();
-- A line that is moved to another month leaves its own, and no delete trigger tells.
create trigger flow_lines_update_closed after update on flow_lines
  referencing old table as touched for each statement execute function refuse_closed_month();
create trigger flow_lines_delete_open after delete on flow_lines
  referencing old table as touched for each statement execute function refuse_closed_month();

-- A locked month: an immutable numbered version with a seal over its lines and over the version before.
create table flow_versions (
  company_id uuid not null references companies,
  month date not null,
  version_no integer not null,
  line_count integer not null,
  qty numeric(20, 6) not null,
  amount_fen bigint not null,
  seal bytea not null,
  previous_seal bytea,
  locked_by uuid,
  locked_at timestamptz not null default now(),
  approval_id uuid,
  primary key (company_id, month, version_no),
  foreign key (company_id, month) references flow_months (company_id, month)
);
call protect_table('flow_versions');
create trigger flow_versions_append_only before update or delete on flow_versions
  for each row execute function refuse_change();

-- Totals of a locked version: what attainment reads; each row opens into its lines by the same keys.
create table flow_totals (
  company_id uuid not null references companies,
  month date not null,
  id uuid not null default uuidv7(),
  version_no integer not null,
  distributor_id uuid not null,
  institution_id uuid not null,
  product_id uuid not null,
  territory_id uuid,
  line_count integer not null,
  base_qty numeric(20, 6) not null,
  amount_fen bigint not null,
  primary key (company_id, month, id),
  foreign key (company_id, month, version_no) references flow_versions (company_id, month, version_no)
);
create index flow_totals_territory on flow_totals (company_id, month, territory_id, product_id);
create index flow_totals_distributor on flow_totals (company_id, month, distributor_id);
-- What is sold to a candidate, or of it, stands beside it on the workbench.
create index flow_totals_institution on flow_totals (company_id, institution_id, month) include (line_count, amount_fen);
create index flow_totals_product on flow_totals (company_id, product_id, month) include (line_count, amount_fen);
call protect_table('flow_totals', 'distributor_id', 'territory_id');
create trigger flow_totals_append_only before update or delete on flow_totals
  for each row execute function refuse_change();

-- The same, of all distributors and institutions together: a hundredth of the rows, for reports by territory and product.
create table flow_territory_totals (
  company_id uuid not null references companies,
  month date not null,
  id uuid not null default uuidv7(),
  version_no integer not null,
  territory_id uuid,
  product_id uuid not null,
  line_count integer not null,
  base_qty numeric(20, 6) not null,
  amount_fen bigint not null,
  primary key (company_id, month, id),
  foreign key (company_id, month, version_no) references flow_versions (company_id, month, version_no)
);
create index flow_territory_totals_territory on flow_territory_totals (company_id, month, territory_id, product_id);
call protect_table('flow_territory_totals', 'none', 'territory_id');
create trigger flow_territory_totals_append_only before update or delete on flow_territory_totals
  for each row execute function refuse_change();
