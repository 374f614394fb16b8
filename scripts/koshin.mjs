#!/usr/bin/env node
// The `koshin` command: goes over to our Node 26, which runs src/main.ts with the same arguments.
// Not the command line itself. Plain JavaScript: this may be started by the machine's own Node 20.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ourNode } from './our-node.mjs';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

// What Node has once compiled is kept beside the packages, where it may be: the next start is faster,
// and every serving process loads the same program. An own choice stands.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
  new URL('../node_modules/.cache/koshin-compiled', import.meta.url),
);
const node = ourNode();
if (node === undefined) {
  process.stderr.write('koshin: not installed yet: run "npm ci" in this folder, then try again.\n');
  process.exitCode = 1;
} else if (typeof process.execve === 'function' && process.platform !== 'win32') {
  // The process becomes the other one: signals, exit code and terminal need no passing on.
  process.execve(node, [node, MAIN, ...process.argv.slice(2)], process.env);
} else {
  runAsChild(node);
}

/** @param {string} command */
function runAsChild(command) {
  const child = spawn(command, [MAIN, ...process.argv.slice(2)], { stdio: 'inherit' });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well: passed on, it would arrive twice.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on('error', (failure) => {
    process.stderr.write(`koshin: ${command} did not start: ${failure.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 1;
      return;
    }
    for (const each of signals) process.removeAllListeners(each);
    process.kill(process.pid, signal);
    // A signal that does not end us still tells by the usual code that one ended the child.
    process.exitCode = 128 + constants.signals[signal];
  });
}
