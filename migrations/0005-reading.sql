-- What reading a file told beside its rows, and how its layout differs from the one before; both as the engine says them.
alter table flow_batches
  add column notes jsonb not null default '[]',
  add column drift jsonb not null default '[]';
