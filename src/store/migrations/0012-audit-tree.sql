-- The Merkle tree over the audit log (docs/decisions/0015-audit-tree.md). Entries get a salt, so that the
-- hash of one that is gone tells nothing of it; beside them are the leaves in their order, the tree's
-- nodes, and the last signed checkpoint. There is one tree for the installation.

alter table audit_entry add column salt uuid not null default gen_random_uuid();

create table audit_leaf (
  position    bigint primary key check (position >= 0),
  institution text not null,
  entry       bigint not null,
  hash        bytea not null check (length(hash) = 32),
  unique (institution, entry)
);

-- Perfect subtrees of 256, 65536 … leaves; those between are computed from at most 128 of the next below.
create table audit_node (
  height smallint not null check (height > 0 and height % 8 = 0),
  index  bigint not null check (index >= 0),
  hash   bytea not null check (length(hash) = 32),
  primary key (height, index)
);

create table audit_head (
  is_only boolean primary key default true check (is_only),
  size    bigint not null check (size >= 0),
  settled bigint not null, -- every entry up to this number is in the tree, or was never committed
  note    text, -- the signed checkpoint
  check ((size = 0) = (note is null))
);
insert into audit_head (size, settled) values (0, 0);
