// A check that never fails proves nothing: each is shown a page that is broken on purpose, and a good one.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { checkPage, htmlFindings, inOrder, visit, withPage, writeHtml } from './support.mjs';

const page = (body, head = '') =>
  `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title><link rel="icon" href="data:,">${head}</head><body><main><h1>Essai</h1>${body}</main></body></html>`;

const good = page('<p>Bonjour<!> le monde.</p>');
const broken = {
  axe: page('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input type="text"><p style="color:#bbb">Trop pâle</p>'),
  html: page('<p><div>mal imbriqué</div></p><a href="/"><button>deux</button></a>'),
  script: page('', '<script>throw new Error("cassé")</script>'),
  policy: page('<p>Bonjour.</p>', '<script>document.title = "interdit"</script>'),
  missing: page('<p>Bonjour.</p>', '<link rel="stylesheet" href="/absent.css">'),
  elsewhere: page('<img alt="" src="http://ailleurs.example/image.png">'),
  wide: page('<p style="width: 3000px">Trop large</p>'),
  twice: page('<h1>Encore</h1>'),
};

inOrder('The checks of the journeys', () => {
  let address;
  let server;
  let folder;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'beffroi-checks-'));
    server = createServer((request, response) => {
      const name = request.url.slice(1);
      const html = name === 'good' ? good : broken[name];
      const policy = name === 'policy' ? { 'content-security-policy': "script-src 'self'" } : {};
      response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...policy });
      response.end(html ?? '');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${server.address().port}`;
  });
  after(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const seen = (name) =>
    withPage(address, { keep: false }, async (page) => {
      await visit(page, `/${name}`);
      await checkPage(page);
    });

  test('a good page passes', () => seen('good'));

  for (const [name, complaint] of [
    ['axe', /image-alt[\s\S]*color-contrast|color-contrast[\s\S]*image-alt/],
    ['wide', /too wide/],
    ['twice', /one h1/],
    ['script', /cassé/],
    ['policy', /Content Security Policy/],
    ['missing', /404 .*absent\.css/],
    ['elsewhere', /another host/],
  ]) {
    test(`a page broken in "${name}" fails`, () => assert.rejects(seen(name), complaint));
  }

  test('the HTML checker finds the faults of a broken page and none in a good one', async () => {
    const goodFile = await writeHtml(folder, 'good.html', good);
    const brokenFile = await writeHtml(folder, 'broken.html', broken.html);

    const findings = await htmlFindings([goodFile, brokenFile]);

    assert.deepEqual([...new Set(findings.map(({ file }) => file))], ['broken.html']);
    assert.match(findings.map(({ text }) => text).join('\n'), /No “p” element in scope/);
  });
});
