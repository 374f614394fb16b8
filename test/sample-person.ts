// A person of a contract on whom nothing lies, for tests of what does.
import type { Person } from '../src/banking/person.ts';

export const SAMPLE_PERSON: Person = {
  identity: { institution: '1394', contract: '00012345678', user: 'suzuki01' },
  name: '鈴木 太郎',
  contractName: '株式会社さくら商事',
  role: 'user',
  previousLoginAt: null,
  isLocked: false,
  isStopped: false,
  isFrozen: false,
  hasInitialPin: false,
};
