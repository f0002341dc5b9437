//! Who buys for whom, and where offers are filed.

/// Who buys for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vehicle {
    /// One authority for itself.
    Isolated,
    /// Occasional joint tender (loi du 17 juin 2016, art. 2, 36° and 48).
    Joint,
    /// Central purchasing body (art. 2, 6° to 8° and 47).
    Central,
}

impl Vehicle {
    pub const ALL: [Self; 3] = [Self::Isolated, Self::Joint, Self::Central];

    pub fn code(self) -> &'static str {
        match self {
            Self::Isolated => "isolated",
            Self::Joint => "joint",
            Self::Central => "central",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vehicle| vehicle.code() == code)
    }

    /// How many participants must have adhered before the specification is written.
    pub fn least_participants(self) -> usize {
        match self {
            Self::Isolated | Self::Central => 1,
            Self::Joint => 2,
        }
    }
}

/// Where offers are filed. Beffroi hosts the deposit only where the law leaves the channel free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Hosted,
    /// The federal platform: its notice number and dates are entered, offers are typed in after opening.
    EProcurement,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Hosted, Self::EProcurement];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hosted => "hosted",
            Self::EProcurement => "e-procurement",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// Where a participant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adhesion {
    Invited,
    /// Its council decided, and it signed the mandate.
    Adhered,
    Refused,
    /// It left: it stays in the history and leaves the sums.
    Withdrawn,
}

impl Adhesion {
    pub const ALL: [Self; 4] = [Self::Invited, Self::Adhered, Self::Refused, Self::Withdrawn];

    pub fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Adhered => "adhered",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|adhesion| adhesion.code() == code)
    }

    /// Does it count in the sums?
    pub fn counts(self) -> bool {
        match self {
            Self::Invited | Self::Adhered => true,
            Self::Refused | Self::Withdrawn => false,
        }
    }
}
