use serde::{Deserialize, Serialize};

/// A decision on one offer, with its reason; the version is what the next decision replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment<R> {
    pub result: R,
    /// Compulsory where the decision is not the plain one.
    pub reason: String,
    /// From 1.
    pub version: i32,
}

/// May the tenderer take part?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    pub selected: bool,
    pub grounds: Grounds,
}

/// What was checked to select (loi du 17 juin 2016, art. 66 to 73).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// Obligatory grounds (art. 67): corruption, fraud, terrorism, illegal employment…
    pub obligatory: Exclusion,
    /// Tax and social debts (art. 68).
    pub debts: Debts,
    /// Optional grounds (art. 69): bankruptcy, grave fault, collusion, past failure…
    pub optional: Exclusion,
    /// The criteria of the specification, with their minimum levels (art. 71), are met.
    pub criteria_met: bool,
}

impl Grounds {
    /// Nothing stands against the tenderer.
    pub fn are_clear(&self) -> bool {
        self.obligatory == Exclusion::None
            && self.optional == Exclusion::None
            && self.debts.is_clear()
            && self.criteria_met
    }
}

/// A ground of exclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    None,
    /// It exists, and the corrective measures suffice (art. 70).
    Corrected,
    Found,
}

impl Exclusion {
    pub const ALL: [Self; 3] = [Self::None, Self::Corrected, Self::Found];

    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Corrected => "corrected",
            Self::Found => "found",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Tax and social debts (art. 68).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Debts {
    None,
    /// Not above the amount of the law.
    BelowLimit,
    /// Above it, with a payment plan that is kept.
    PaymentPlan,
    /// Above it, with a certain and due claim on an authority for what is above.
    Claim,
    /// Above it, and put right after the one request.
    PutRight,
    /// Above it.
    Above,
}

impl Debts {
    pub const ALL: [Self; 6] =
        [Self::None, Self::BelowLimit, Self::PaymentPlan, Self::Claim, Self::PutRight, Self::Above];

    pub fn is_clear(self) -> bool {
        self != Self::Above
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::BelowLimit => "below_limit",
            Self::PaymentPlan => "payment_plan",
            Self::Claim => "claim",
            Self::PutRight => "put_right",
            Self::Above => "above",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl Assessment<Selection> {
    /// A reason is owed by who leaves a tenderer out, and by who keeps one in spite of what was found.
    pub fn owes_a_reason(selection: &Selection) -> bool {
        !selection.selected || !selection.grounds.are_clear()
    }
}

/// Is the offer what the documents asked for (royal decree of 18 April 2017, art. 76)?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regularity {
    Regular,
    /// An irregularity that does not weigh: the offer stays.
    NotSubstantial(Irregularity),
    /// A substantial irregularity that the tenderer put right, where the procedure allows it (art. 76, §§ 4 and 5).
    PutRight(Irregularity),
    /// The offer is void.
    Substantial(Irregularity),
}

impl Regularity {
    /// The offer stays in the competition.
    pub fn stays(self) -> bool {
        match self {
            Self::Regular | Self::NotSubstantial(_) | Self::PutRight(_) => true,
            Self::Substantial(_) => false,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::NotSubstantial(_) => "not_substantial",
            Self::PutRight(_) => "put_right",
            Self::Substantial(_) => "substantial",
        }
    }

    pub fn irregularity(self) -> Option<Irregularity> {
        match self {
            Self::Regular => None,
            Self::NotSubstantial(kind) | Self::PutRight(kind) | Self::Substantial(kind) => Some(kind),
        }
    }

    /// From its code and that of the irregularity, which a regular offer has not.
    pub fn from_codes(code: &str, irregularity: &str) -> Option<Self> {
        let kind = Irregularity::from_code(irregularity);
        match code {
            "regular" => Some(Self::Regular),
            "not_substantial" => kind.map(Self::NotSubstantial),
            "put_right" => kind.map(Self::PutRight),
            "substantial" => kind.map(Self::Substantial),
            _ => None,
        }
    }
}

/// What is not as the documents asked (art. 76, § 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Irregularity {
    /// It discriminates, distorts, prevents the comparison, or leaves the commitment uncertain (alinéa 3).
    Competition,
    /// Environmental, social or labour law (alinéa 4, 1°).
    Law,
    /// Signature, declaration, form (alinéa 4, 2°).
    Form,
    /// A minimum requirement of the documents (alinéa 4, 3°).
    Minimum,
    /// An abnormal price without a sufficient justification (art. 36, § 3).
    Price,
    /// Another point of the documents.
    Other,
}

impl Irregularity {
    pub const ALL: [Self; 6] = [Self::Competition, Self::Law, Self::Form, Self::Minimum, Self::Price, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::Competition => "competition",
            Self::Law => "law",
            Self::Form => "form",
            Self::Minimum => "minimum",
            Self::Price => "price",
            Self::Other => "other",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The text of law it rests on.
    pub fn article(self) -> &'static str {
        match self {
            Self::Competition => "AR du 18 avril 2017, art. 76, § 1er, al. 3",
            Self::Law => "AR du 18 avril 2017, art. 76, § 1er, al. 4, 1°",
            Self::Form => "AR du 18 avril 2017, art. 76, § 1er, al. 4, 2°",
            Self::Minimum => "AR du 18 avril 2017, art. 76, § 1er, al. 4, 3°",
            Self::Price => "AR du 18 avril 2017, art. 36, § 3",
            Self::Other => "AR du 18 avril 2017, art. 76, § 1er",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenderer_left_out_or_kept_in_spite_of_a_ground_is_owed_a_reason() {
        let clear =
            Grounds { obligatory: Exclusion::None, debts: Debts::None, optional: Exclusion::None, criteria_met: true };
        let owes =
            |selected, grounds: &Grounds| Assessment::owes_a_reason(&Selection { selected, grounds: grounds.clone() });

        assert!(!owes(true, &clear));
        assert!(owes(false, &clear));
        assert!(owes(true, &Grounds { debts: Debts::Above, ..clear.clone() }));
        assert!(owes(true, &Grounds { optional: Exclusion::Corrected, ..clear.clone() }));
        assert!(!owes(true, &Grounds { debts: Debts::BelowLimit, ..clear }));
    }

    #[test]
    fn codes_read_back_as_what_they_were() {
        for kind in Irregularity::ALL {
            for result in [Regularity::NotSubstantial(kind), Regularity::PutRight(kind), Regularity::Substantial(kind)]
            {
                assert_eq!(Regularity::from_codes(result.code(), kind.code()), Some(result));
            }
        }
        assert_eq!(Regularity::from_codes("regular", ""), Some(Regularity::Regular));
        assert_eq!(Regularity::from_codes("substantial", ""), None);
        assert!(Debts::ALL.into_iter().all(|debts| Debts::from_code(debts.code()) == Some(debts)));
        assert!(Exclusion::ALL.into_iter().all(|one| Exclusion::from_code(one.code()) == Some(one)));
    }
}
