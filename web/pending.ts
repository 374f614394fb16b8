// The script of the page that waits for 確認 after a reload.
import { confirmInOnePress } from './confirm.ts';

confirmInOnePress();
