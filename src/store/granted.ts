// What the application's role may do to each table, read out of grants.sql, so that nothing more than that is
// ever accepted. It reads the few forms that are written there, and refuses to read another.

/** What may be done to a table; of some columns alone where they are named. */
export type Granted = {
  readonly table: string;
  readonly privilege: string;
  readonly column: string | null;
};

const STATEMENT = /^grant (.+) on (.+) to koshin_app$/;
const PRIVILEGE = /^([a-z]+)(?: \(([a-z0-9_, ]+)\))?$/;

/** Every grant of a table or its columns. */
export function grantedIn(text: string): readonly Granted[] {
  const statements = text
    .replaceAll(/--.*$/gm, '')
    .split(';')
    .map((one) => one.trim().replaceAll(/\s+/g, ' '))
    .filter((one) => one.startsWith('grant ') && !one.startsWith('grant usage on schema '));
  return statements.flatMap((statement) => {
    const [, privileges, tables] = STATEMENT.exec(statement) ?? [];
    if (privileges === undefined || tables === undefined) throw unread(statement);
    const of = privileges.split(/, (?![^(]*\))/).flatMap((one) => privilegeIn(one));
    return tables.split(', ').flatMap((table) => of.map((one) => ({ table, ...one })));
  });
}

function privilegeIn(text: string): readonly Omit<Granted, 'table'>[] {
  const [, privilege, columns] = PRIVILEGE.exec(text) ?? [];
  if (privilege === undefined) throw unread(text);
  if (columns === undefined) return [{ privilege, column: null }];
  return columns.split(', ').map((column) => ({ privilege, column }));
}

function unread(text: string): Error {
  return new Error(`grants.sql has a grant of another form: ${text}`);
}
