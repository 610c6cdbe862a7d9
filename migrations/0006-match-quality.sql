-- How well names are matched, and what it costs to ask: what the engine said of each text, samples of what it took without
-- asking, the threshold it takes from, codes of customers, and counters that make the workbench cheap.

alter table flow_names
  -- of the file that brought the text first; null for texts older than this column
  add column month date,
  -- the distributor's own code for the customer, '' when its file has none
  add column customer_code text not null default '',
  -- What the engine said when it met the text, never changed by a decision; null for what an alias settled.
  add column said text check (said in ('auto', 'review', 'none')),
  add column said_id uuid,
  add column said_score real,
  -- how far the best candidate was ahead of the next
  add column said_lead real,
  -- it may not be taken without asking, whatever its score: twins, a grade that changed
  add column said_held boolean not null default false,
  add column engine text,
  -- what was measured on the best candidate, by name; those that are 0 are left out
  add column features jsonb;
create index flow_names_code on flow_names (company_id, distributor_id, customer_code) where customer_code <> '';

-- A small random sample of what was taken without asking, to be checked by a person. Drawn by score: there are few texts
-- just above the threshold, and they are where it errs. What a judgement stands for is computed when it is asked.
create table flow_match_samples (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  month date not null,
  name_id uuid not null,
  stratum smallint not null check (stratum between 0 and 3),
  proposed_id uuid not null,
  verdict text check (verdict in ('right', 'wrong', 'skip')),
  person_id uuid,
  drawn_at timestamptz not null default now(),
  judged_at timestamptz,
  primary key (company_id, id),
  unique (company_id, name_id),
  foreign key (company_id, name_id) references flow_names (company_id, id),
  check ((verdict is null) = (judged_at is null))
);
create index flow_match_samples_month on flow_match_samples (company_id, month, id);
call protect_table('flow_match_samples');

-- From which score names are taken without asking. The newest that is not undone holds; without any the engine's own.
create table flow_match_thresholds (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  auto_from double precision not null check (auto_from >= 0.3 and auto_from <= 0.999),
  previous double precision not null,
  reason text not null,
  -- names that moved, each with what it was before
  before jsonb not null,
  name_count integer not null default 0,
  line_count integer not null default 0,
  person_id uuid not null,
  applied_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by uuid,
  primary key (company_id, id)
);
call protect_table('flow_match_thresholds');

-- Lines and money of a name in a month, by what becomes of them; kept in the transaction that writes the lines. For each
-- batch apart: a decision on a name does not wait for a batch that is just being written.
create table flow_name_sums (
  company_id uuid not null references companies,
  month date not null,
  name_id uuid not null,
  batch_id uuid not null,
  distributor_id uuid not null,
  waiting_count integer not null default 0,
  waiting_fen bigint not null default 0,
  posted_count integer not null default 0,
  posted_fen bigint not null default 0,
  primary key (company_id, month, name_id, batch_id)
);

-- The owner of the tables is held by their walls too; for this one count they are let down.
alter table flow_lines no force row level security;
insert into flow_name_sums (company_id, month, name_id, batch_id, distributor_id, waiting_count, waiting_fen, posted_count, posted_fen)
select l.company_id, l.month, n.id, l.batch_id, l.distributor_id,
  count(*) filter (where l.state = 'waiting'), coalesce(sum(abs(l.amount_fen)) filter (where l.state = 'waiting'), 0),
  count(*) filter (where l.state = 'posted'), coalesce(sum(abs(l.amount_fen)) filter (where l.state = 'posted'), 0)
from flow_lines l cross join lateral (values (l.customer_name_id), (l.product_name_id)) n(id)
where n.id is not null and l.state in ('waiting', 'posted')
group by l.company_id, l.month, n.id, l.batch_id, l.distributor_id;
alter table flow_lines force row level security;
call protect_table('flow_name_sums', 'distributor_id', 'none', 'distributor_id');

-- New lines are counted by who writes them, a batch at a time (modules/flows/names); whatever changes or takes
-- away lines is counted here. In the order of the names, so that two who do it at once do not wait for each other in a circle.
create function count_changed_lines() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into flow_name_sums as s (company_id, month, name_id, batch_id, distributor_id, waiting_count, waiting_fen, posted_count, posted_fen)
    select l.company_id, l.month, n.id, l.batch_id, l.distributor_id,
      -count(*) filter (where l.state = 'waiting'), -coalesce(sum(abs(l.amount_fen)) filter (where l.state = 'waiting'), 0),
      -count(*) filter (where l.state = 'posted'), -coalesce(sum(abs(l.amount_fen)) filter (where l.state = 'posted'), 0)
    from gone l cross join lateral (values (l.customer_name_id), (l.product_name_id)) n(id)
    where n.id is not null and l.state in ('waiting', 'posted')
    group by l.company_id, l.month, n.id, l.batch_id, l.distributor_id order by n.id, l.batch_id
    on conflict (company_id, month, name_id, batch_id) do update set
      waiting_count = s.waiting_count + excluded.waiting_count, waiting_fen = s.waiting_fen + excluded.waiting_fen,
      posted_count = s.posted_count + excluded.posted_count, posted_fen = s.posted_fen + excluded.posted_fen;
  else
    insert into flow_name_sums as s (company_id, month, name_id, batch_id, distributor_id, waiting_count, waiting_fen, posted_count, posted_fen)
    select l.company_id, l.month, n.id, l.batch_id, l.distributor_id,
      coalesce(sum(l.sign) filter (where l.state = 'waiting'), 0),
      coalesce(sum(l.sign * abs(l.amount_fen)) filter (where l.state = 'waiting'), 0),
      coalesce(sum(l.sign) filter (where l.state = 'posted'), 0),
      coalesce(sum(l.sign * abs(l.amount_fen)) filter (where l.state = 'posted'), 0)
    from (select company_id, month, batch_id, distributor_id, customer_name_id, product_name_id, state, amount_fen, 1 as sign from fresh
      union all
      select company_id, month, batch_id, distributor_id, customer_name_id, product_name_id, state, amount_fen, -1 from gone) l
    cross join lateral (values (l.customer_name_id), (l.product_name_id)) n(id)
    where n.id is not null and l.state in ('waiting', 'posted')
    group by l.company_id, l.month, n.id, l.batch_id, l.distributor_id
    having sum(l.sign) filter (where l.state = 'waiting') <> 0 or sum(l.sign) filter (where l.state = 'posted') <> 0
      or sum(l.sign * abs(l.amount_fen)) filter (where l.state = 'waiting') <> 0
    order by n.id, l.batch_id
    on conflict (company_id, month, name_id, batch_id) do update set
      waiting_count = s.waiting_count + excluded.waiting_count, waiting_fen = s.waiting_fen + excluded.waiting_fen,
      posted_count = s.posted_count + excluded.posted_count, posted_fen = s.posted_fen + excluded.posted_fen;
  end if;
  return null;
end $$;
create trigger flow_lines_recounted after update on flow_lines
  referencing old table as gone new table as fresh for each statement execute function count_changed_lines();
create trigger flow_lines_uncounted after delete on flow_lines
  referencing old table as gone for each statement execute function count_changed_lines();
