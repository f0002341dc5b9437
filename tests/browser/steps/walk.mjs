// How the people of a journey walk: from their first page, by what they see.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkPage, signInAs, visit } from '../support.mjs';

const HOUR = 60 * 60 * 1000;

/** A journey on the program of `house`: who walks it, with or without JavaScript, and what day it is there. */
export class Journey {
  #ahead = 0;

  constructor(house, { javascript, expected = [] }) {
    this.house = house;
    this.options = { javascript, expected };
  }

  /** As somebody of the demo, who stands on their first page. */
  as(person, steps, options = {}) {
    return this.house.withPage({ ...this.options, ...options }, async (page) => {
      await signInAs(page, person);
      await steps(page);
    });
  }

  asVisitor(steps) {
    return this.house.withPage(this.options, async (page) => {
      await visit(page, '/');
      await steps(page);
    });
  }

  /** Puts the demo's clock forward as a visitor does, by the link at the top of every page. */
  passes(button, hours) {
    return this.asVisitor(async (page) => {
      await page.locator('.demo').getByRole('link').click();
      await checkPage(page);
      await done(page, button);
      this.#ahead += hours * HOUR;
    });
  }

  /** Waits for a mail that names this address. */
  async mail(address) {
    for (const until = Date.now() + 20_000; Date.now() < until; await sleep(200)) {
      if ((await this.house.mails()).some(({ text }) => text.includes(address))) return;
    }
    assert.fail(`no mail names ${address}`);
  }

  inDays(days) {
    return new Date(Date.now() + this.#ahead + days * 24 * HOUR);
  }

  get today() {
    return this.inDays(0);
  }
}

/** The day is that of Brussels, whatever the machine's own time. */
export async function fillDate(page, field, day) {
  const [year, month, date] = day.toLocaleDateString('sv-SE', { timeZone: 'Europe/Brussels' }).split('-').map(Number);
  await page.locator(`[name="${field}-jour"]`).fill(String(date));
  await page.locator(`[name="${field}-mois"]`).fill(String(month));
  await page.locator(`[name="${field}-annee"]`).fill(String(year));
}

/** Presses the button, and reads the page that says that it is done. */
export async function done(page, button) {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('status').first().waitFor();
  await checkPage(page);
}

/** From the first page, the task that waits for this person: `what` as the page says it, `about` the file. */
export async function task(page, what, about) {
  const waiting = page.locator('.agenda li').filter({ hasText: about });
  await waiting.getByRole('link', { name: what }).first().click();
  await page.locator('h1').waitFor();
  await checkPage(page);
}

/** Back to the first page, by the name at the top. */
export async function home(page) {
  await page.locator('a.brand').click();
  await page.locator('.agenda').first().waitFor();
  await checkPage(page);
}

/** An entry of the menu. */
export async function menu(page, entry) {
  await page.getByRole('navigation').getByRole('link', { name: entry }).first().click();
  await page.locator('h1').waitFor();
}

/** A link of the page. */
export async function follow(page, link) {
  await page.locator('main').getByRole('link', { name: link }).first().click();
  await page.locator('h1').waitFor();
  await checkPage(page);
}

/** The file's own page, found in the list. */
export async function record(page, object) {
  await menu(page, 'Marchés');
  await follow(page, object);
}
