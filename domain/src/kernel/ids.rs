//! Identifiers of records. New ones come from the caller: nothing here is random.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Names an existing identifier.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The identifier as stored.
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A commune, an SME, the union, the Region.
    OrganisationId;
    /// Somebody who signs in.
    PersonId;
    /// A need, before it joins a tender.
    NeedId;
    /// A public contract in the making, from the need to its end.
    TenderId;
    /// A lot of a tender.
    LotId;
    /// The tender (bid) of one tenderer.
    OfferId;
    /// A question about a call.
    QuestionId;
    /// A concluded contract.
    ContractId;
    /// An order voucher.
    VoucherId;
    /// Something that a firm is asked for after the opening.
    RequestId;
    /// One deposit of an offer: each has its receipt.
    SubmissionId;
    /// A delivery on an order voucher.
    DeliveryId;
    /// An invoice for an order voucher.
    InvoiceId;
    /// What an authority recorded to adhere to a central body.
    AccessionId;
    /// A loan of allotment, from its proposal on.
    LoanId;
    /// An invoice as it came, by file or by form, taken or not.
    ReceivedInvoiceId;
    /// A stored file.
    FileId;
    /// An invitation to tender or to join.
    InvitationId;
    /// A row of the history.
    AuditId;
    /// A link that works once.
    LinkId;
    /// A promise in the outbox.
    JobId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_from_its_text_and_its_json() {
        let id = TenderId::from_uuid(Uuid::from_u128(1));

        assert_eq!(id.to_string(), "00000000-0000-0000-0000-000000000001");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(serde_json::to_value(id).expect("a text"), serde_json::json!(id.to_string()));
        assert!("42".parse::<TenderId>().is_err());
    }
}
