-- Master data: who and what the flow is about. Aliases are columns: they are edited and imported with their row.
-- search_text is kept by the deeds: name, aliases, code and pinyin initials in lower case, one space between. It has no
-- trigram index: LIKE is not leakproof, so row-level security would never let the planner use one.

create extension if not exists btree_gist;

create table code_values (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  list text not null,
  code text not null,
  label_zh text not null,
  label_en text not null,
  sort_no integer not null default 0,
  active boolean not null default true,
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, list, code)
);
call protect_table('code_values', 'all', 'all');

create table institutions (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  aliases text[] not null default '{}',
  search_text text not null,
  pinyin text not null,
  kind text not null check (kind in ('hospital', 'clinic', 'pharmacy', 'chain', 'distributor', 'other')),
  -- what it calls itself: 综合医院, 中医医院, 社区卫生服务机构 …
  category text,
  level text,
  -- how the company classes it: A, B, C …, and words of its own
  segment text,
  tags text[] not null default '{}',
  province text,
  city text,
  county text,
  region_code text,
  address text,
  tax_id text,
  parent_id uuid,
  state text not null default 'active' check (state in ('active', 'retired', 'merged')),
  merged_into uuid,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, code),
  foreign key (company_id, parent_id) references institutions (company_id, id),
  foreign key (company_id, merged_into) references institutions (company_id, id),
  check ((state = 'merged') = (merged_into is not null))
);
create index institutions_pinyin on institutions (company_id, pinyin, id);
create index institutions_region on institutions (company_id, province, city, county);
create index institutions_parent on institutions (company_id, parent_id) where parent_id is not null;
create index institutions_merged on institutions (company_id, merged_into) where merged_into is not null;
call protect_table('institutions', 'all', 'all');

create table products (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  generic_name text not null default '',
  aliases text[] not null default '{}',
  search_text text not null,
  pinyin text not null,
  spec text not null,
  manufacturer text not null default '',
  base_unit text not null,
  product_group text,
  device_class text check (device_class in ('I', 'II', 'III')),
  approval_no text,
  approval_expires_on date,
  udi_di text,
  tags text[] not null default '{}',
  state text not null default 'active' check (state in ('active', 'retired')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, code)
);
create index products_pinyin on products (company_id, pinyin, id);
call protect_table('products', 'all', 'all');

-- One unit of the ladder: 1 `unit` = `factor` base units.
create table product_units (
  company_id uuid not null references companies,
  product_id uuid not null,
  unit text not null,
  factor numeric(18, 6) not null check (factor > 0),
  primary key (company_id, product_id, unit),
  foreign key (company_id, product_id) references products (company_id, id) on delete cascade
);
call protect_table('product_units', 'all', 'all');

create table distributors (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  short_name text not null default '',
  aliases text[] not null default '{}',
  search_text text not null,
  pinyin text not null,
  tier text not null default 'tier-1' check (tier in ('tier-1', 'tier-2', 'sub-tier-1', 'chain', 'cloud-warehouse', 'unrated')),
  province text,
  city text,
  tax_id text,
  contact_name text,
  contact_phone text,
  flow_owner text,
  tags text[] not null default '{}',
  state text not null default 'active' check (state in ('active', 'suspended', 'exited')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, code)
);
create index distributors_pinyin on distributors (company_id, pinyin, id);
call protect_table('distributors', 'id', 'all');
alter table memberships add foreign key (company_id, distributor_id) references distributors (company_id, id);

create table territories (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  search_text text not null,
  level text not null check (level in ('region', 'province', 'territory')),
  parent_id uuid,
  state text not null default 'active' check (state in ('active', 'retired')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, code),
  foreign key (company_id, parent_id) references territories (company_id, id)
);
call protect_table('territories', 'none', 'id');

create table posts (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  territory_id uuid not null,
  is_manager boolean not null default false,
  state text not null default 'active' check (state in ('active', 'retired')),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, code),
  foreign key (company_id, territory_id) references territories (company_id, id)
);
create index posts_territory on posts (company_id, territory_id);
call protect_table('posts', 'none', 'territory_id');

-- Who sat on a post, and when. person_id only when the person can sign in.
create table post_holders (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  post_id uuid not null,
  territory_id uuid not null,
  person_id uuid,
  person_name text not null,
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  primary key (company_id, id),
  foreign key (company_id, post_id) references posts (company_id, id) on delete cascade,
  check (valid_to is null or valid_to >= valid_from)
);
create index post_holders_post on post_holders (company_id, post_id);
create index post_holders_person on post_holders (company_id, person_id);
call protect_table('post_holders', 'none', 'territory_id');
-- At sign-in, before the scope is known, a person may look up the posts they sit on.
create policy own_posts on post_holders for select using (person_id = (select app_person()));

-- The three-way relation: institution × product group (null = all) → territory, over time.
create table territory_institutions (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  institution_id uuid not null,
  product_group text not null default '*',
  territory_id uuid not null,
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, institution_id, product_group, valid_from),
  foreign key (company_id, institution_id) references institutions (company_id, id),
  foreign key (company_id, territory_id) references territories (company_id, id),
  check (valid_to is null or valid_to >= valid_from),
  -- One owner at a time for an institution and a product group.
  constraint territory_institutions_one_owner exclude using gist (
    company_id with =, institution_id with =, product_group with =, daterange(valid_from, valid_to, '[]') with &&
  ) deferrable initially immediate
);
create index territory_institutions_territory on territory_institutions (company_id, territory_id);
call protect_table('territory_institutions', 'none', 'territory_id');

-- Who owns an institution for a product group on a day; a relation for the group itself goes before one for all ('*').
create function institution_owner(company uuid, institution uuid, wanted_group text, on_day date) returns uuid
  language sql stable parallel safe as $$
    select t.territory_id from territory_institutions t
    where t.company_id = company and t.institution_id = institution and t.product_group in (wanted_group, '*')
      and t.valid_from <= on_day and (t.valid_to is null or t.valid_to >= on_day)
    order by t.product_group = '*' limit 1
  $$;

create table prices (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  product_id uuid not null,
  kind text not null default 'list' check (kind in ('list', 'tender')),
  province text not null default '',
  distributor_id uuid,
  unit text not null,
  price numeric(18, 4) not null check (price >= 0),
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  primary key (company_id, id),
  unique nulls not distinct (company_id, product_id, kind, province, distributor_id, unit, valid_from),
  foreign key (company_id, product_id) references products (company_id, id),
  foreign key (company_id, distributor_id) references distributors (company_id, id),
  check (valid_to is null or valid_to >= valid_from)
);
create index prices_distributor on prices (company_id, distributor_id) where distributor_id is not null;
call protect_table('prices', 'distributor_id');

-- Days that are not what their weekday says: Monday to Friday are worked, unless it stands here.
create table calendar_days (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  day date not null,
  kind text not null check (kind in ('holiday', 'workday')),
  name text not null default '',
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, day)
);
call protect_table('calendar_days', 'all', 'all');

-- The days a fiscal month holds, and by when its files and its close are due.
create table calendar_months (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  month date not null check (extract(day from month) = 1),
  starts_on date not null,
  ends_on date not null,
  files_due_on date not null,
  close_due_on date not null,
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, month),
  check (starts_on <= ends_on and ends_on < files_due_on and files_due_on <= close_due_on),
  -- A day belongs to one month.
  constraint calendar_months_no_overlap exclude using gist (
    company_id with =, daterange(starts_on, ends_on, '[]') with &&
  ) deferrable initially immediate
);
call protect_table('calendar_months', 'all', 'all');

-- ── Changes of many rows at once: preview → run → undo ───────────────────────────────────────────
create table master_imports (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  kind text not null,
  -- null when no file came: rows were chosen on a page, and `batch` says what was set on them
  file_id uuid,
  batch jsonb,
  state text not null check (state in ('reading', 'mapping', 'checking', 'checked', 'approving', 'running', 'done', 'failed', 'undone')),
  failure_code text,
  failure_params jsonb,
  -- heads of the file with samples and the field each was taken for: [{index, header, samples, field, confidence}]
  columns jsonb not null default '[]',
  -- column index → field, as confirmed or proposed
  mapping jsonb not null default '{}',
  row_count integer not null default 0,
  insert_count integer not null default 0,
  update_count integer not null default 0,
  same_count integer not null default 0,
  error_count integer not null default 0,
  warning_count integer not null default 0,
  -- rows whose identity would change: they need the approval, or are written without it
  identity_count integer not null default 0,
  approval_id uuid,
  -- the first rows and the first bad rows, with what is wrong with them
  preview jsonb not null default '[]',
  error_file_id uuid,
  job_id uuid,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  undone_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, file_id) references files (company_id, id),
  foreign key (company_id, approval_id) references approvals (company_id, id),
  check ((file_id is null) = (batch is not null))
);
call protect_table('master_imports');
create table master_import_changes (
  company_id uuid not null references companies,
  import_id uuid not null,
  row_no integer not null,
  target_id uuid not null,
  -- the row as it was and as it became; both null when the import created it
  before jsonb,
  after jsonb,
  version_after integer,
  primary key (company_id, import_id, row_no, target_id),
  foreign key (company_id, import_id) references master_imports (company_id, id)
);
create index master_import_changes_target on master_import_changes (company_id, target_id);
call protect_table('master_import_changes');

-- A change of what identifies a row, waiting for its approval or decided.
create table master_proposals (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('institutions', 'products', 'distributors')),
  target_id uuid not null,
  approval_id uuid not null,
  old_value jsonb not null,
  new_value jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'applied', 'rejected', 'withdrawn', 'failed')),
  failure_code text,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, approval_id) references approvals (company_id, id)
);
create unique index master_proposals_open on master_proposals (company_id, kind, target_id) where state = 'waiting';
create index master_proposals_approval on master_proposals (company_id, approval_id);
call protect_table('master_proposals');

-- A territory and all below it, as far as the reader sees.
create function territories_below(top uuid) returns table (id uuid) language sql stable as $$
  with recursive below as (
    select t.company_id, t.id from territories t where t.company_id = (select app_company()) and t.id = top
    union
    select t.company_id, t.id from territories t join below b on t.company_id = b.company_id and t.parent_id = b.id
  ) select below.id from below
$$;
