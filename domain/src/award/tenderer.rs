//! What the evaluation made of each offer.

use crate::{
    kernel::{
        Money,
        ids::{OfferId, OrganisationId},
    },
    score::Points,
};

/// One offer as the award reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenderer {
    pub offer: OfferId,
    /// In the order of arrival, from 1.
    pub position: i32,
    pub firm: OrganisationId,
    pub name: String,
    /// Final, corrected total without VAT.
    pub excluding: Money,
    /// The same with VAT.
    pub including: Money,
    pub standing: Standing,
}

/// Where an offer stands after the evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Regular, with its points for each criterion in the order of the specification.
    Ranked { points: Vec<Points>, total: Points, rank: usize },
    /// Its tenderer is not selected.
    NotSelected { reason: String },
    /// Rejected as irregular.
    Irregular { reason: String },
    /// The tender ended before its offers were compared.
    NotCompared,
}

impl Tenderer {
    /// 1 is the best; none for an offer that was not compared.
    pub fn rank(&self) -> Option<usize> {
        match &self.standing {
            Standing::Ranked { rank, .. } => Some(*rank),
            Standing::NotSelected { .. } | Standing::Irregular { .. } | Standing::NotCompared => None,
        }
    }

    /// Points for each criterion; none for an offer that was not compared.
    pub fn points(&self) -> &[Points] {
        match &self.standing {
            Standing::Ranked { points, .. } => points,
            Standing::NotSelected { .. } | Standing::Irregular { .. } | Standing::NotCompared => &[],
        }
    }
}
