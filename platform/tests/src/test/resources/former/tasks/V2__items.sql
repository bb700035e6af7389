-- Things with a quantity and a price, whose totals the calculator works out.

create table item (
    id          uuid primary key,
    project_id  uuid constraint item_project references project on delete cascade,
    name        text not null constraint item_name_length check (char_length(name) between 1 and 200),
    description text not null default '' constraint item_description_length check (char_length(description) <= 20000),
    quantity    numeric not null default 1,
    unit        text not null default '' constraint item_unit_length check (char_length(unit) <= 30),
    unit_price  numeric not null default 0,
    currency    text constraint item_currency_code check (currency ~ '^[A-Z]{3}$'),
    formula     text not null constraint item_formula_length check (char_length(formula) between 1 and 1000),
    total       numeric,
    total_state text not null constraint item_total_state_known check (total_state in ('pending', 'done', 'failed')),
    total_exact boolean not null default true,
    created_by  uuid not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    deleted_at  timestamptz,
    version     bigint not null default 1,
    constraint item_total_when_done check ((total_state = 'done') = (total is not null))
);
create index item_newest on item (project_id, created_at, id);
create index item_by_name on item (project_id, lower(name), id) where deleted_at is null;
create index item_of_one on item (created_by, created_at, id) where project_id is null;
create index item_pending on item (updated_at) where total_state = 'pending' and deleted_at is null;
comment on table item is 'Something that is counted and priced: in a project, or of one person alone.';
comment on column item.formula is 'An expression over quantity and unitPrice that the calculator understands.';
comment on column item.total is 'What the formula came to; null until the calculator has said.';
comment on column item.total_exact is 'Whether the total is the very value, not a rounded one.';
