// How values of PostgreSQL become values of the program. bytea is a Buffer, by the driver itself.
import pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8, parseInt8],
  [DATE, (text) => text], // a day has no instant and no zone
  [TIMESTAMP, refuse('timestamp without time zone')],
  [TIMESTAMPTZ, parseInstant],
  [NUMERIC, refuse('numeric')],
]);

/** Parsers for the driver: int8 as number, date as string, timestamptz as Date. */
export const columnParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : PARSERS.get(oid)) ?? pg.types.getTypeParser(oid, format),
};

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`the database holds ${text}, too large`);
  return value;
}

/** An instant as a session in UTC writes it: `2026-11-25 04:13:00.123456+00`, in JSON with `T` and `+00:00`. */
export function parseInstant(text: string): Date {
  const instant = new Date(`${text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')}`);
  if (Number.isNaN(instant.getTime()))
    throw new RangeError(`the database holds no instant: ${text}`);
  return instant;
}

function refuse(name: string): (text: string) => never {
  return () => {
    throw new TypeError(`columns of the kind ${name} are not used`);
  };
}
