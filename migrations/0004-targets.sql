create table targets (
  company_id uuid not null references companies,
  id uuid not null default uuidv7(),
  territory_id uuid not null,
  product_group text not null,
  month date not null check (extract(day from month) = 1),
  amount_fen bigint not null check (amount_fen >= 0),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, territory_id, product_group, month),
  foreign key (company_id, territory_id) references territories (company_id, id)
);
create index targets_month on targets (company_id, month);
call protect_table('targets', 'none', 'territory_id');
