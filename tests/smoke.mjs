// node tests/smoke.mjs PROGRAM: starts the program in an empty folder, asks it for what people ask first, drives an isolated
// tender from its need to a paid voucher, and stops it as a service manager would.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

assert(process.argv[2], 'which program?');
process.env.BEFFROI_BIN = path.resolve(process.argv[2]);
const { ISOLATED, roadOf, testRoad } = await import('./browser/steps/road.mjs');
const { chromiumPath, inOrder, useBeffroi } = await import('./browser/support.mjs');

inOrder('The program', () => {
  const house = useBeffroi({ fresh: true });

  test('is alive, ready, and answers visitors', async () => {
    for (const address of ['/healthz', '/readyz', '/appels']) await ask(address);
  });

  test('gives its style sheet packed', async () => {
    const home = await (await ask('/')).text();
    const sheet = home.match(/\/actifs\/beffroi-[0-9a-f]+\.css/)?.[0];
    assert(sheet, 'the home names no style sheet under /actifs/');
    const answer = await ask(sheet, { headers: { 'accept-encoding': 'br' } });
    assert.equal(answer.headers.get('content-encoding'), 'br', `${sheet} comes packed`);
  });

  test('signs in somebody of the demo', async () => {
    const page = await (await ask('/connexion')).text();
    const person = page.match(/name="personne"[^>]*value="([^"]+)"/)?.[1] ?? page.match(/value="([^"]+)"[^>]*name="personne"/)?.[1];
    assert(person, '/connexion offers no person of the demo');
    const body = new URLSearchParams({ personne: person });
    const answer = await ask('/connexion', { method: 'POST', body, redirect: 'manual' }, 303);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    assert.match(cookie ?? '', /^beffroi=/, 'signing in gives no session');
    const account = await ask('/compte', { headers: { cookie }, redirect: 'manual' });
    assert.match(await account.text(), /<h1/, 'the account is a page');
  });

  test('gives a specification as a whole PDF', async () => {
    const list = await (await ask('/appels')).text();
    const address = list.match(/\/appels\/[^"/]+\/cahier\.pdf/)?.[0];
    assert(address, 'the public list names no specification');
    const bytes = Buffer.from(await (await ask(address)).arrayBuffer());
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-', address);
    assert(bytes.includes('%%EOF', bytes.length - 32), `${address} has no end`);
  });

  const skip = !existsSync(chromiumPath) && 'no Chromium: run make deps';
  testRoad(ISOLATED, roadOf(ISOLATED, house, { javascript: false }), { skip });

  async function ask(address, options = {}, status = 200) {
    const answer = await fetch(house.address + address, { signal: AbortSignal.timeout(10_000), ...options });
    assert.equal(answer.status, status, `${options.method ?? 'GET'} ${address}`);
    return answer;
  }
});
