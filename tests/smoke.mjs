// node tests/smoke.mjs PROGRAM: starts the program in an empty folder, asks it for what people ask first, and stops it as a
// service manager would.

import assert from 'node:assert/strict';
import path from 'node:path';

assert(process.argv[2], 'which program?');
process.env.BEFFROI_BIN = path.resolve(process.argv[2]);
const { startBeffroi } = await import('./browser/program.mjs');

const beffroi = await startBeffroi();
let end;
try {
  await pages();
  await signIn();
  await pdf();
} catch (error) {
  console.error(`the program's log ends so:\n${(await beffroi.log()).slice(-4_000)}`);
  throw error;
} finally {
  end = await beffroi.stop('SIGTERM');
}
assert.deepEqual(end, { code: 0, signal: null }, 'after SIGTERM');
console.log('smoke test: pages, a style sheet, a sign-in and a PDF came, and SIGTERM ends it with status 0');

async function pages() {
  for (const address of ['/healthz', '/readyz', '/appels']) await ask(address);
  const home = await (await ask('/')).text();
  const sheet = home.match(/\/actifs\/beffroi-[0-9a-f]+\.css/)?.[0];
  assert(sheet, 'the home names no style sheet under /actifs/');
  const answer = await ask(sheet, { headers: { 'accept-encoding': 'br' } });
  assert.equal(answer.headers.get('content-encoding'), 'br', `${sheet} comes packed`);
}

/** By the one click of the demo. */
async function signIn() {
  const page = await (await ask('/connexion')).text();
  const person = page.match(/name="personne"[^>]*value="([^"]+)"/)?.[1] ?? page.match(/value="([^"]+)"[^>]*name="personne"/)?.[1];
  assert(person, '/connexion offers no person of the demo');
  const body = new URLSearchParams({ personne: person });
  const answer = await ask('/connexion', { method: 'POST', body, redirect: 'manual' }, 303);
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  assert.match(cookie ?? '', /^beffroi=/, 'signing in gives no session');
  const account = await ask('/compte', { headers: { cookie }, redirect: 'manual' });
  assert.match(await account.text(), /<h1/, 'the account is a page');
}

async function pdf() {
  const list = await (await ask('/appels')).text();
  const address = list.match(/\/appels\/[^"/]+\/cahier\.pdf/)?.[0];
  assert(address, 'the public list names no specification');
  const bytes = Buffer.from(await (await ask(address)).arrayBuffer());
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-', address);
  assert(bytes.includes('%%EOF', bytes.length - 32), `${address} has no end`);
}

async function ask(address, options = {}, status = 200) {
  const answer = await fetch(beffroi.address + address, { signal: AbortSignal.timeout(10_000), ...options });
  assert.equal(answer.status, status, `${options.method ?? 'GET'} ${address}`);
  return answer;
}
