// The whole road on one file, from the need to the paid voucher, as its people walk it from their first pages: joint and
// isolated, with and without JavaScript.

import { ISOLATED, JOINT, roadOf, testRoad } from './steps/road.mjs';
import { inOrder, useBeffroi } from './support.mjs';

for (const vehicle of [JOINT, ISOLATED]) {
  for (const javascript of [true, false]) {
    inOrder(`${vehicle.name}, ${javascript ? 'with' : 'without'} JavaScript`, () =>
      testRoad(vehicle, roadOf(vehicle, useBeffroi(), { javascript })),
    );
  }
}
