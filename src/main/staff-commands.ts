// `koshin staff …`: makes people staff members of the banks, on the server only.
import type { Command } from 'commander';
import { parseStaffRole, parseStaffScope } from '../banking/staff.ts';
import { showCode } from '../banking/typed-code.ts';
import { addStaffMember, appointStaff } from '../operations/appoint-staff.ts';
import { openHouse, type Surroundings } from '../start/house.ts';

type Outside = {
  readonly surroundings: () => Surroundings;
  readonly say: (text: string) => void;
};

type Appointment = { readonly userId: string; readonly role: string; readonly scope: string };

const ROLE = 'operator, approver, auditor or ca-officer';
const SCOPE = '`all`, or codes of institutions with commas between';

/** Adds the commands to the program. */
export function addStaffCommands(program: Command, { surroundings, say }: Outside): void {
  const staff = program.command('staff').description('the people of the banks who use the console');

  staff
    .command('add')
    .description('add a staff member; prints their first PIN and the code for a certificate, once')
    .requiredOption('--user-id <id>', 'their user ID')
    .requiredOption('--name <name>', 'their name')
    .requiredOption('--role <role>', ROLE)
    .requiredOption('--scope <scope>', SCOPE)
    .action(async (options: Appointment & { readonly name: string }) => {
      const around = surroundings();
      await using house = await openHouse(around);
      const needs = {
        db: house.db,
        pins: house.pins,
        codeKey: house.secrets('acquisition-codes'),
        clock: around.clock,
      };
      const given = await addStaffMember({ ...appointmentIn(options), name: options.name }, needs);
      say(`first PIN: ${given.pin}`);
      say(`code for a certificate: ${showCode(given.code)}`);
      say('Neither is shown again. Hand them over by two different ways.');
    });

  staff
    .command('appoint')
    .description('change the role and scope of a staff member, from the next request on')
    .requiredOption('--user-id <id>', 'their user ID')
    .requiredOption('--role <role>', ROLE)
    .requiredOption('--scope <scope>', SCOPE)
    .action(async (options: Appointment) => {
      const around = surroundings();
      await using house = await openHouse(around);
      await appointStaff(appointmentIn(options), { db: house.db, clock: around.clock });
      say(`${options.userId} is ${options.role} now, for ${options.scope}`);
    });
}

function appointmentIn({ userId, role, scope }: Appointment) {
  return { user: userId, role: parseStaffRole(role), scope: parseStaffScope(scope) };
}
