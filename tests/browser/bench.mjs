// `make bench`: what a visitor's first page weighs, and what the program costs. Figures are for this machine and this moment.
//
//   BEFFROI_BIN     the program (release)
//   BENCH_TENDERS   how many tenders the list holds (10000)
//   BENCH_REQUESTS  how many requests per page (2000)
//   BENCH_LINES     how many voucher lines the vouchers and their report hold (1000000; 0 leaves them out)
//
// List: the public list as it opens. Detail: a call of the demo with its whole specification, questions and participants.
// CPU is user and system time of the program over sequential requests, packing included. SQLite works inside the program: what
// a file of the report takes is its time in the database, and a little more.

import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { freePort, program, programEnvironment, startBeffroi } from './program.mjs';

const run = promisify(execFile);
const tenders = Number(process.env.BENCH_TENDERS ?? 10_000);
const requests = Number(process.env.BENCH_REQUESTS ?? 2_000);
const lines = Number(process.env.BENCH_LINES ?? 1_000_000);
const rows = [];
const tick = 1_000 / Number((await run('getconf', ['CLK_TCK'])).stdout);
const row = (what, figure, limit = '') => rows.push({ what, figure, limit });

const folder = await mkdtemp(path.join(tmpdir(), 'beffroi-bench-'));
try {
  await demo('0');
  const small = await startBeffroi({ folder });
  const detail = firstCall((await get(`${small.address}/appels`)).text);
  await small.stop();
  const filling = performance.now();
  await demo(String(tenders));
  row('tenders added', String(tenders));
  row('adding them', `${((performance.now() - filling) / 1_000).toFixed(1)} s`);
  row('start to first page', `${(await startToFirstPage()).toFixed(0)} ms`, '100 ms');

  const house = await startBeffroi({ folder });
  try {
    await sleep(1_000);
    row('memory, idle', `${((await memory(house.pid)) / 1024).toFixed(1)} MB`, '30 MB');
    await weigh(house, detail);
    row('memory, after the requests', `${((await memory(house.pid)) / 1024).toFixed(1)} MB`);
    await seal(house);
    row('memory, after the uploads', `${((await memory(house.pid)) / 1024).toFixed(1)} MB`);
  } finally {
    await house.stop();
  }
  if (lines > 0) await vouchers();
} finally {
  await rm(folder, { recursive: true, force: true });
}

const wide = (key) => Math.max(...rows.map((row) => String(row[key]).length));
const [what, figure] = [wide('what'), wide('figure')];
for (const row of rows) {
  console.log(`${row.what.padEnd(what)}  ${String(row.figure).padStart(figure)}${row.limit ? `  (at most ${row.limit})` : ''}`);
}

/** Vouchers of `lines` lines in all: their list and their report, as those who see most of them read both. */
async function vouchers() {
  const filling = performance.now();
  await demo('0', String(lines));
  row('voucher lines added', String(lines));
  row('adding them', `${((performance.now() - filling) / 1_000).toFixed(1)} s`);
  const house = await startBeffroi({ folder });
  try {
    for (const name of ['Auditeur de la Région', 'Gérant d’Aubier Logiciels', 'Agent marchés publics de Namur']) {
      const { cookie } = await signedIn(house, name);
      for (const [address, limit] of [['/bons'], ['/bons?etat=sent'], ['/contrats'], ['/bons/rapport'], ['/bons/rapport.csv', 10]]) {
        const cpu = await cpuPerRequest(house, [address], { cookie, times: Math.ceil(requests / 20) });
        row(`${address}, ${name}: CPU per request`, `${cpu.toFixed(2)} ms`, limit && `${limit} ms`);
      }
    }
  } finally {
    await house.stop();
  }
}

/** The demo world, `more` copies of its tenders, and vouchers of `lines` lines. */
async function demo(more, lines = '0') {
  await run(program, ['demo', '--tenders', more, '--lines', lines], {
    cwd: folder,
    env: programEnvironment(folder, await freePort()),
    maxBuffer: 64 * 1024 * 1024,
  });
}

function firstCall(page) {
  const found = page.match(/href="(\/appels\/MP-[^"#?/]+)"/)?.[1];
  if (!found) throw new Error('the list names no call');
  return found;
}

/** From the start of the process to the last byte of the first page, asked again and again. */
async function startToFirstPage() {
  const times = [];
  for (let i = 0; i < 5; i += 1) {
    const port = await freePort();
    const started = performance.now();
    const server = spawn(program, ['serve', '--demo'], { cwd: folder, env: programEnvironment(folder, port), stdio: 'ignore' });
    try {
      for (;;) {
        const answer = await get(`http://127.0.0.1:${port}/`).catch(() => null);
        if (answer?.status === 200) break;
        if (performance.now() - started > 60_000) throw new Error('no first page within a minute');
        await sleep(1);
      }
      times.push(performance.now() - started);
    } finally {
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('exit', resolve));
    }
  }
  return times.sort((a, b) => a - b)[2];
}

async function weigh(house, detail) {
  const weights = new Map();
  const pages = [['list', '/appels', 0.2], ['detail', detail, 0.13]];
  for (const [name, address] of pages) {
    const visit = await firstVisit(house, address, weights);
    row(`${name}: HTML`, kb(visit.html));
    row(`${name}: HTML + style sheet`, kb(visit.html + visit.css), '25.0 kB');
    row(`${name}: + fonts, icon`, kb(visit.html + visit.css + visit.pictures));
    row(`${name}: everything, first visit`, kb(visit.all), '120.0 kB');
  }
  await heaviest(house, weights);

  for (const [name, address, limit] of pages) {
    row(`${name}: CPU per request`, `${(await cpuPerRequest(house, [address])).toFixed(3)} ms`, `${limit} ms`);
  }
  // An address that nobody asked before is never kept: this is what each page costs after a change.
  for (const [name, address] of pages) {
    const fresh = Array.from({ length: requests }, (_, place) => `${address}?mesure=${place}`);
    row(`${name}: CPU per request, painted each time`, `${(await cpuPerRequest(house, fresh)).toFixed(3)} ms`);
  }
}

/** What a browser that was never here loads for this page, in bytes on the wire. */
async function firstVisit(house, address, weights, cookie = '') {
  const page = await get(house.address + address, { cookie });
  const files = new Set([...page.text.matchAll(/(?:href|src)="(\/actifs\/[^"]+)"/g)].map((match) => match[1]));
  // A set that grows while it is walked: the style sheet adds its fonts.
  for (const file of files) {
    if (!weights.has(file)) {
      const answer = await get(house.address + file);
      const fonts = file.endsWith('.css') ? answer.text.matchAll(/url\(([^)]+\.woff2)\)/g) : [];
      weights.set(file, {
        bytes: answer.bytes,
        fonts: [...fonts].map(([, font]) => new URL(font, house.address + file).pathname),
      });
    }
    for (const font of weights.get(file).fonts) files.add(font);
  }
  const sum = (test) => [...files].filter(test).reduce((sum, file) => sum + weights.get(file).bytes, 0);
  return {
    html: page.bytes,
    css: sum((file) => file.endsWith('.css')),
    pictures: sum((file) => /\.(woff2|svg)$/.test(file)),
    all: page.bytes + sum(() => true),
    links: [...page.text.matchAll(/href="(\/[^"#]*)"/g)].map((match) => match[1].replaceAll('&amp;', '&')),
  };
}

/** Walks the pages that an officer of the demo reaches, and names the heaviest. */
async function heaviest(house, weights) {
  const page = await get(`${house.address}/connexion`);
  const person = page.text.match(/name="personne"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="personne"/);
  const signedIn = await fetch(`${house.address}/connexion`, {
    method: 'POST',
    body: new URLSearchParams({ personne: person?.[1] ?? person?.[2] ?? '' }),
    redirect: 'manual',
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const found = new Set(['/', '/marches', '/besoins', '/appels', '/parametres', '/calcul', '/organisations']);
  let most = { all: 0, html: 0, address: '' };
  let count = 0;
  for (const address of found) {
    if (count === 300) break;
    if (/^\/(actifs|editions)|\.pdf|\/editions\/|[?&]page=/.test(address)) continue;
    const visit = await firstVisit(house, address, weights, cookie);
    count += 1;
    if (visit.all > most.all) most = { ...visit, address };
    for (const link of visit.links) found.add(link);
  }
  row(`heaviest of ${count} pages, everything`, kb(most.all), '120.0 kB');
  row('… which is', `${most.address}, HTML ${kb(most.html)}`);
}

/** What it costs the program to receive a file of an offer, sealed while it is read. */
async function seal(house) {
  const browser = await signedIn(house, 'Gérant d’Aubier Logiciels');
  const list = await (await fetch(`${house.address}/offres`, { headers: browser })).text();
  const calls = [...list.matchAll(/href="\/offres\/(MP-[^"]+)"/g)].map((match) => match[1]);
  const mebibytes = 10;
  const file = new Blob(['%PDF-1.7\n', new Uint8Array(mebibytes * 1024 * 1024), '\n%%EOF\n'], { type: 'application/pdf' });
  for (const call of calls) {
    const send = async () => {
      const form = new FormData();
      form.append('fichier', file, 'methode.pdf');
      return fetch(`${house.address}/offres/${call}/fichiers`, { method: 'POST', headers: browser, body: form, redirect: 'manual' });
    };
    if ((await send()).status !== 303) continue;
    const before = await cpuTime(house.pid);
    const times = 10;
    for (let i = 0; i < times; i += 1) {
      const { status } = await send();
      if (status !== 303) throw new Error(`an upload was answered ${status}`);
    }
    row('upload, sealed: CPU per 10 MB', `${((await cpuTime(house.pid)) - before) / times} ms`);
    return;
  }
  row('upload, sealed: CPU per 10 MB', 'no call takes offers');
}

/** Headers of somebody of the demo, by one click. */
async function signedIn(house, name) {
  const page = await (await fetch(`${house.address}/connexion`)).text();
  const before = page.slice(0, page.indexOf(name));
  const person = before.match(/value="([0-9a-f-]{36})"(?![\s\S]*value="[0-9a-f-]{36}")/)?.[1];
  const body = new URLSearchParams({ personne: person ?? '' });
  const answer = await fetch(`${house.address}/connexion`, { method: 'POST', body, redirect: 'manual' });
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

/** Sequential requests over one kept connection; the CPU time is the program's own, from the kernel's account of it. */
async function cpuPerRequest(house, addresses, { cookie = '', times = requests } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let asked = 0;
  const ask = async (count) => {
    for (let i = 0; i < count; i += 1, asked += 1) {
      const address = addresses[asked % addresses.length];
      const { status } = await get(house.address + address, { agent, cookie });
      if (status !== 200) throw new Error(`${address} answered ${status}`);
    }
  };
  await ask(Math.ceil(times / 10));
  const before = await cpuTime(house.pid);
  await ask(times);
  const after = await cpuTime(house.pid);
  agent.destroy();
  return (after - before) / times;
}

/** User and system time of a process, in milliseconds; the kernel counts in ticks. */
async function cpuTime(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

/** Resident memory of a process, in kB. */
async function memory(pid) {
  return Number((await readFile(`/proc/${pid}/status`, 'utf8')).match(/VmRSS:\s+(\d+)/)[1]);
}

/** One GET as a browser sends it; `bytes` is the body as it came over the wire. */
function get(address, { agent = false, cookie = '' } = {}) {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'text/html,*/*', 'accept-encoding': 'gzip, deflate, br', ...(cookie && { cookie }) };
    const asked = request(address, { agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).once('error', reject);
      answer.once('end', () => {
        const body = Buffer.concat(parts);
        const encoding = answer.headers['content-encoding'];
        const text = () => (encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body).toString();
        resolve({ status: answer.statusCode, bytes: body.length, get text() { return text(); } });
      });
    });
    asked.once('error', reject).end();
  });
}

function kb(bytes) {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
