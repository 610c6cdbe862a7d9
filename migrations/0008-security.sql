-- System, security and audit administrator are three roles of three people: nobody holds two, whoever writes the row.
alter table memberships add constraint one_administrator_role check (
  (('administrator' = any (roles))::int + ('security-administrator' = any (roles))::int
    + ('audit-administrator' = any (roles))::int) <= 1
);

-- Personal data leaves masked (platform/personal-columns.ts), also in files that are filled in and imported again:
-- a masked value never replaces what it hides, whichever way it comes.
create function keep_masked_contact() returns trigger language plpgsql as $$
begin
  if new.contact_phone like '%****%' then new.contact_phone := old.contact_phone; end if;
  if new.contact_name ~ '^.\*+$' then new.contact_name := old.contact_name; end if;
  return new;
end $$;
create trigger distributors_keep_masked before update on distributors
  for each row when (new.contact_phone like '%****%' or new.contact_name ~ '^.\*+$')
  execute function keep_masked_contact();

-- What a file holds besides what is read of it: scripts, programs to start, attached files, macros. None is run here.
alter table files add column active_content text[] not null default '{}'
  check (active_content <@ '{script,launch,attachment,macros}'::text[]);
