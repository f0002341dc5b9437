// The real program on a folder of its own: started, waited for, read, ended.

import { execFile, spawn } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const target = path.resolve(root, process.env.CARGO_TARGET_DIR || 'target');
export const program = path.resolve(process.env.BEFFROI_BIN || path.join(target, 'ci/beffroi'));

/** `folder`: where it works, and stays; else in a folder of its own, which begins as a copy of `world` where one is given. */
export async function startBeffroi({ arguments: words = ['serve', '--demo'], environment = {}, folder, world } = {}) {
  const data = folder ?? (await mkdtemp(path.join(tmpdir(), 'beffroi-journey-')));
  if (world) await cp(world, data, { recursive: true });
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const logFile = path.join(data, 'server.log');
  const log = createWriteStream(logFile, { flags: 'a' });

  const server = spawn(program, words, {
    cwd: data,
    env: { ...programEnvironment(data, port), ...environment },
  });
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  const ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve({ code, signal })));
  await new Promise((resolve, reject) => server.once('spawn', resolve).once('error', reject));

  const stop = async (signal = 'SIGTERM') => {
    server.kill(signal);
    const killer = setTimeout(() => server.kill('SIGKILL'), 10_000);
    const end = await ended;
    clearTimeout(killer);
    return end;
  };
  await waitUntilReady(address, server, logFile).catch(async (error) => {
    await stop('SIGKILL');
    throw error;
  });

  return {
    address,
    data,
    pid: server.pid,
    log: () => readFile(logFile, 'utf8'),
    mails: () => mailsBelow(data),
    /** Ends the program and gives how it ended; the folder goes away unless the caller brought it. */
    stop: async (signal) => {
      const end = await stop(signal);
      if (!folder) await rm(data, { recursive: true, force: true });
      return end;
    },
  };
}

let demo;

/** The folder of a filled demo, made once: filling takes longer than most journeys. */
export function demoWorld() {
  demo ??= fillDemo();
  return demo;
}

async function fillDemo() {
  const folder = await mkdtemp(path.join(tmpdir(), 'beffroi-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await promisify(execFile)(program, ['demo'], { cwd: folder, env: programEnvironment(folder, await freePort()) });
  return folder;
}

export function programEnvironment(data, port) {
  return {
    ...process.env,
    BEFFROI_ADDR: `127.0.0.1:${port}`,
    BEFFROI_BASE_URL: `http://127.0.0.1:${port}`,
    BEFFROI_DATA_DIR: data,
    DATABASE_URL: `sqlite://${path.join(data, 'beffroi.db')}`,
  };
}

async function waitUntilReady(address, server, logFile) {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(50)) {
    if (server.exitCode !== null) break;
    const answer = await fetch(`${address}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
  }
  throw new Error(`the program is not ready:\n${(await readFile(logFile, 'utf8')).slice(-4000)}`);
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The mails that the program wrote as files, oldest first: `{ file, text }`, the text with its transfer encoding undone. */
async function mailsBelow(folder) {
  const entries = await readdir(folder, { recursive: true });
  const mails = [];
  for (const file of entries.filter((name) => name.endsWith('.eml')).sort()) {
    const raw = await readFile(path.join(folder, file), 'latin1');
    const quoted = raw
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    mails.push({ file, text: Buffer.from(quoted, 'latin1').toString('utf8') });
  }
  return mails;
}
