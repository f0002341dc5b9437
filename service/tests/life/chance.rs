use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use service::store::audit::hex;

/// On both databases together.
const STEPS: usize = 100_000;

/// What chance brings in one run, and how to have it again.
pub(crate) struct Chance {
    pub(crate) runner: TestRunner,
    /// For `BEFFROI_SEED`.
    pub(crate) seed: String,
    /// All of the count: every step is then tried often enough to be done.
    pub(crate) in_full: bool,
    /// Steps on this database.
    pub(crate) count: usize,
}

impl Chance {
    pub(crate) fn of_this_run() -> Self {
        let in_full = std::env::var_os("BEFFROI_SOAK").is_some();
        let seed = seed();
        Self {
            runner: TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed)),
            seed: hex(&seed),
            in_full,
            count: if in_full { STEPS / 2 } else { STEPS / 40 },
        }
    }
}

/// Of `BEFFROI_SEED`, 64 hexadecimal figures, else drawn.
fn seed() -> [u8; 32] {
    let given = std::env::var("BEFFROI_SEED").ok();
    given.map_or_else(
        || {
            use std::hash::{BuildHasher as _, RandomState};
            let word = |place: u64| RandomState::new().hash_one(place).to_le_bytes();
            let bytes: Vec<u8> = (0..4).flat_map(word).collect();
            bytes.try_into().expect("four words of eight bytes")
        },
        |text| {
            let byte = |place: usize| u8::from_str_radix(&text[2 * place..2 * place + 2], 16).expect("hexadecimal");
            std::array::from_fn(byte)
        },
    )
}
