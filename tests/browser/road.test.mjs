// The whole road on one file, from the need to the paid voucher, as its people walk it from their first pages: joint and
// isolated, with and without JavaScript.

import { test } from 'node:test';
import { ISOLATED, JOINT, roadOf, stepsOf } from './steps/road.mjs';
import { inOrder, useBeffroi } from './support.mjs';

for (const vehicle of [JOINT, ISOLATED]) {
  for (const javascript of [true, false]) {
    inOrder(`${vehicle.name}, ${javascript ? 'with' : 'without'} JavaScript`, () => {
      const road = roadOf(vehicle, useBeffroi(), { javascript });

      for (const [what, step] of stepsOf(vehicle)) test(what, () => step(road));
    });
  }
}
