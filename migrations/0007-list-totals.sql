-- Totals of a locked version by institution and product group, and by distributor and product group: what the reports by
-- these read, a hundredth of the rows of flow_totals. Laid with the version, like the others, and never changed.
create table flow_institution_totals (
  company_id uuid not null references companies,
  month date not null,
  id uuid not null default uuidv7(),
  version_no integer not null,
  institution_id uuid not null,
  territory_id uuid,
  -- the product's at the lock, '' for none; null: of all groups together
  product_group text,
  line_count integer not null,
  amount_fen bigint not null,
  primary key (company_id, month, id),
  foreign key (company_id, month, version_no) references flow_versions (company_id, month, version_no)
);
create index flow_institution_totals_report on flow_institution_totals
  (company_id, month, version_no, product_group, territory_id) include (institution_id, line_count, amount_fen);
call protect_table('flow_institution_totals', 'none', 'territory_id');
create trigger flow_institution_totals_append_only before update or delete on flow_institution_totals
  for each row execute function refuse_change();

create table flow_distributor_totals (
  company_id uuid not null references companies,
  month date not null,
  id uuid not null default uuidv7(),
  version_no integer not null,
  distributor_id uuid not null,
  territory_id uuid,
  product_group text,
  line_count integer not null,
  amount_fen bigint not null,
  primary key (company_id, month, id),
  foreign key (company_id, month, version_no) references flow_versions (company_id, month, version_no)
);
create index flow_distributor_totals_report on flow_distributor_totals
  (company_id, month, version_no, product_group, territory_id) include (distributor_id, line_count, amount_fen);
call protect_table('flow_distributor_totals', 'distributor_id', 'territory_id');
create trigger flow_distributor_totals_append_only before update or delete on flow_distributor_totals
  for each row execute function refuse_change();

-- The group that each product of a version was in at its lock: while it is the same, totals by group can be used.
create table flow_version_groups (
  company_id uuid not null references companies,
  month date not null,
  version_no integer not null,
  product_id uuid not null,
  product_group text not null,
  primary key (company_id, month, version_no, product_id),
  foreign key (company_id, month, version_no) references flow_versions (company_id, month, version_no)
);
call protect_table('flow_version_groups', 'none', 'all');
create trigger flow_version_groups_append_only before update or delete on flow_version_groups
  for each row execute function refuse_change();

-- Versions that are there already. Row-level security would show their rows to nobody here.
alter table flow_totals no force row level security;
alter table products no force row level security;
alter table flow_institution_totals no force row level security;
alter table flow_distributor_totals no force row level security;
alter table flow_version_groups no force row level security;
insert into flow_version_groups (company_id, month, version_no, product_id, product_group)
  select t.company_id, t.month, t.version_no, t.product_id, coalesce(p.product_group, '')
  from (select distinct company_id, month, version_no, product_id from flow_totals) t
  left join products p on p.company_id = t.company_id and p.id = t.product_id;
insert into flow_institution_totals (company_id, month, version_no, institution_id, territory_id, product_group,
    line_count, amount_fen)
  select t.company_id, t.month, t.version_no, t.institution_id, t.territory_id, g.product_group, sum(t.line_count),
    sum(t.amount_fen)
  from flow_totals t join flow_version_groups g using (company_id, month, version_no, product_id)
  group by t.company_id, t.month, t.version_no, t.institution_id, t.territory_id, grouping sets ((), (g.product_group));
insert into flow_distributor_totals (company_id, month, version_no, distributor_id, territory_id, product_group,
    line_count, amount_fen)
  select t.company_id, t.month, t.version_no, t.distributor_id, t.territory_id, g.product_group, sum(t.line_count),
    sum(t.amount_fen)
  from flow_totals t join flow_version_groups g using (company_id, month, version_no, product_id)
  group by t.company_id, t.month, t.version_no, t.distributor_id, t.territory_id, grouping sets ((), (g.product_group));
alter table flow_totals force row level security;
alter table products force row level security;
alter table flow_institution_totals force row level security;
alter table flow_distributor_totals force row level security;
alter table flow_version_groups force row level security;
