//! The belfry: tower, arch, bell and clapper, on a grid of 30 by 34.

use printpdf::Op;

use super::ops::shape;
use super::style::{BELL, STONE, WHITE};

/// Its upper left corner and the length of one grid unit, in points.
pub(super) fn draw(left: f32, top: f32, unit: f32) -> Vec<Op> {
    let placed = |points: &[(f32, f32, bool)]| -> Vec<(f32, f32, bool)> {
        points.iter().map(|(x, y, bezier)| (left + x * unit, top + y * unit, *bezier)).collect()
    };
    [(TOWER, STONE), (ARCH, WHITE), (BELL_SHAPE, BELL), (CLAPPER, BELL)]
        .into_iter()
        .flat_map(|(points, colour)| shape(placed(points), colour))
        .collect()
}

type Points = &'static [(f32, f32, bool)];

const fn at(x: f32, y: f32) -> (f32, f32, bool) {
    (x, y, false)
}

/// A control point of a curve.
const fn by(x: f32, y: f32) -> (f32, f32, bool) {
    (x, y, true)
}

const TOWER: Points = &[
    at(15.0, 0.0),
    at(24.0, 10.5),
    at(26.2, 10.5),
    at(26.2, 15.0),
    at(24.5, 15.0),
    at(24.5, 34.0),
    at(5.5, 34.0),
    at(5.5, 15.0),
    at(3.8, 15.0),
    at(3.8, 10.5),
    at(6.0, 10.5),
];

/// The half circle on top is two Bézier quarters of radius 6.2.
const ARCH: Points = &[
    at(8.8, 34.0),
    at(8.8, 21.4),
    by(8.8, 17.976),
    by(11.576, 15.2),
    at(15.0, 15.2),
    by(18.424, 15.2),
    by(21.2, 17.976),
    at(21.2, 21.4),
    at(21.2, 34.0),
];

const BELL_SHAPE: Points = &[
    at(15.0, 17.6),
    by(12.4, 17.6),
    by(11.1, 19.6),
    at(11.1, 22.1),
    by(11.1, 24.8),
    by(10.2, 26.0),
    at(9.3, 26.9),
    at(9.3, 27.8),
    at(20.7, 27.8),
    at(20.7, 26.9),
    by(19.8, 26.0),
    by(18.9, 24.8),
    at(18.9, 22.1),
    by(18.9, 19.6),
    by(17.6, 17.6),
    at(15.0, 17.6),
];

const CLAPPER: Points = &[
    at(15.0, 28.0),
    by(15.884, 28.0),
    by(16.6, 28.716),
    at(16.6, 29.6),
    by(16.6, 30.484),
    by(15.884, 31.2),
    at(15.0, 31.2),
    by(14.116, 31.2),
    by(13.4, 30.484),
    at(13.4, 29.6),
    by(13.4, 28.716),
    by(14.116, 28.0),
    at(15.0, 28.0),
];
