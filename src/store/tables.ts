// The tables, as kysely sees them.

export type Tables = Record<never, never>;
