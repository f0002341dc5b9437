//! A public contract in the making: its stages, its kinds, its participants.

mod stage;

pub use stage::{Milestone, Stage, StageClock, Step, StepRefused};
